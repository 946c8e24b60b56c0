import { formatLocal, formatUtc } from '../../components/cells/format-time.ts'
import { visibleText } from '../../components/cells/visible-text.ts'
import classes from './activity-list.module.css'
import { kindWords } from './kind-words.ts'
import { type Activity, type ActivityKind, activityKinds } from './marks.ts'

interface Props {
  /** Of the window and the process on show, of every kind. */
  activities: readonly Activity[]
  hidden: ReadonlySet<ActivityKind>
  /** Name of the process by its `sophos_pid`. */
  nameOf: (sophosPid: string) => string
  onHide: (hidden: ActivityKind[]) => void
}

/** Rows on show; more says to zoom in. */
const MOST = 400

/** What was done, in the order of time, with a switch for each kind. */
export function ActivityList({ activities, hidden, nameOf, onHide }: Props) {
  const counts = new Map<ActivityKind, number>()
  for (const { kind } of activities) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const kinds = activityKinds.filter((kind) => (counts.get(kind) ?? 0) > 0 || hidden.has(kind))
  const shown = activities.filter(({ kind }) => !hidden.has(kind))
  const toggle = (kind: ActivityKind) =>
    onHide(activityKinds.filter((one) => (one === kind ? !hidden.has(one) : hidden.has(one))))
  return (
    <section aria-label="What was done">
      <div className={classes.bar}>
        <h2 className={classes.heading}>What was done</h2>
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            className={classes.kind}
            aria-pressed={!hidden.has(kind)}
            onClick={() => toggle(kind)}
          >
            <span className={classes.letter}>{kindWords[kind].letter}</span>
            {kindWords[kind].name}
            <span className={classes.count}>{(counts.get(kind) ?? 0).toLocaleString('en')}</span>
          </button>
        ))}
      </div>
      {shown.length === 0 ? (
        <p className="dimmed">
          {activities.length > 0
            ? 'Every kind is switched off.'
            : 'The journals hold nothing of it in this time. What a process does between its start and its end is recorded as files, network, names and web requests.'}
        </p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Process</th>
              <th scope="col">What</th>
              <th scope="col">To what</th>
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, MOST).map((one, index) => (
              // The same may be done twice in one moment.
              <tr key={`${one.at} ${index}`}>
                <td className="mono" title={formatUtc(new Date(one.at))}>
                  {formatLocal(new Date(one.at))}
                  <span className="dimmed">.{String(one.at % 1000).padStart(3, '0')}</span>
                </td>
                <td className={classes.process}>
                  {nameOf(one.sophosPid)} <span className="dimmed mono">{one.sophosPid.split(':')[0]}</span>
                </td>
                <td>
                  <span className={classes.letter}>{kindWords[one.kind].letter}</span> {one.action}
                </td>
                <td className={classes.object}>{visibleText(one.object, 600)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown.length > MOST && (
        <p className="dimmed">
          {(shown.length - MOST).toLocaleString('en')} more in this time. Zoom in, choose a process, or switch
          a kind off to see them.
        </p>
      )}
    </section>
  )
}
