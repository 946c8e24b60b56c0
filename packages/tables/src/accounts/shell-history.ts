export interface TypedCommand {
  /** Unix seconds; 0 where it is not known. */
  time: number
  command: string
}

const maxCommandLines = 1000

/**
 * Reads the lines of a history file. Bash with HISTTIMEFORMAT writes `#<seconds>` in front of a command; zsh with EXTENDED_HISTORY
 * writes `: <start>:<seconds that it took>;<command>`, and a backslash at the end of a line that goes on.
 */
export function* historyCommands(lines: Iterable<string>): Generator<TypedCommand> {
  let time = 0
  let open: { time: number; lines: string[] } | undefined
  for (const line of lines) {
    if (open) {
      open.lines.push(withoutBackslash(line))
      if (line.endsWith('\\') && open.lines.length < maxCommandLines) continue
      yield { time: open.time, command: open.lines.join('\n') }
      open = undefined
      continue
    }
    const [, stamp] = /^#(\d{1,12})$/.exec(line) ?? []
    if (stamp) {
      time = Number(stamp)
      continue
    }
    const [, start, typed] = /^: (\d{1,12}):\d+;(.*)$/s.exec(line) ?? []
    if (start && line.endsWith('\\')) open = { time: Number(start), lines: [withoutBackslash(typed!)] }
    else if (start) yield { time: Number(start), command: typed! }
    else if (line !== '') yield { time, command: line }
    if (line !== '') time = 0
  }
  if (open) yield { time: open.time, command: open.lines.join('\n') }
}

const withoutBackslash = (line: string) => line.replace(/\\$/, '')
