export interface CronJob {
  event: string
  minute: string
  hour: string
  day_of_month: string
  month: string
  day_of_week: string
  command: string
}

/** Reads a line of a crontab (crontab(5)); undefined for a comment, a variable and what is no job. */
export function parseCronLine(line: string): CronJob | undefined {
  const text = line.trim()
  if (text === '' || text.startsWith('#') || /^[A-Za-z_]\w*\s*=/.test(text)) return undefined
  const none = { event: '', minute: '', hour: '', day_of_month: '', month: '', day_of_week: '' }
  const [, event, at] = /^(@\w+)\s+(.+)$/.exec(text) ?? []
  if (event && at) return { ...none, event, command: at }
  const [, minute, hour, day, month, week, command] =
    /^(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(.+)$/.exec(text) ?? []
  if (!minute || !hour || !day || !month || !week || !command) return undefined
  return { event: '', minute, hour, day_of_month: day, month, day_of_week: week, command }
}
