import { formatLocal, formatUtc } from './cells/format-time.ts'
import { relativeTime } from './relative-time.ts'
import { useNow } from './use-now.ts'

/** A moment, told by its distance; the exact time, local and UTC, stands in its title. */
export function When({ at, none = 'never' }: { at: string | undefined; none?: string }) {
  const now = useNow()
  if (at === undefined) return <span className="dimmed">{none}</span>
  const date = new Date(at)
  return (
    <time dateTime={at} title={`${formatLocal(date)} here\n${formatUtc(date)}`} className="numbers">
      {relativeTime(date, now)}
    </time>
  )
}
