import type { Device } from '@quarry/schema/endpoints/endpoints'
import { getRecording } from '@quarry/schema/endpoints/endpoints'
import { useCall } from '../../api.ts'
import { formatBytes } from '../../components/cells/format-bytes.ts'
import { Loaded } from '../../components/loaded.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { When } from '../../components/when.tsx'
import classes from './recording.module.css'
import { daysOf, stateOf } from './recording-words.ts'
import { Sensors } from './sensors.tsx'

/** Days that the journals keep; a full bar. */
const KEPT_DAYS = 90

/** What a device records and how far back its journals reach. */
export function RecordingCard({ device }: { device: Device }) {
  const told = useCall(getRecording, { params: { id: device.id } }, { refetchInterval: 15_000 })
  return (
    <Loaded call={told} failed="What the device records could not be read">
      {({ recording, reportedAt }) => {
        if (!recording) return <p className="dimmed">The device has not told yet what it records.</p>
        const { tone, word } = stateOf(recording)
        const filled = recording.journals.filter(({ events, lostEvents }) => events + lostEvents > 0)
        const empty = recording.journals.length - filled.length
        return (
          <>
            <p className={classes.state}>
              <StateMark tone={tone}>{word}</StateMark>
              <span className="dimmed">
                told <When at={reportedAt} />
              </span>
            </p>
            {recording.reason && <p>{recording.reason}</p>}
            <Sensors sensors={recording.sensors} />
            {filled.length > 0 && (
              <table className={classes.journals}>
                <thead>
                  <tr>
                    <th scope="col">Journal</th>
                    <th scope="col">Days</th>
                    <th scope="col">Events</th>
                    <th scope="col">Size</th>
                    <th scope="col">Lost</th>
                  </tr>
                </thead>
                <tbody>
                  {filled.map((journal) => {
                    const days = daysOf(journal)
                    return (
                      <tr key={journal.table}>
                        <th scope="row" className="mono">
                          {journal.table}
                        </th>
                        <td>
                          <span className={classes.days}>
                            <span className={classes.track} aria-hidden>
                              <span style={{ width: `${Math.min(100, (days / KEPT_DAYS) * 100)}%` }} />
                            </span>
                            {days < 0.05 ? '0' : days.toFixed(1)}
                          </span>
                        </td>
                        <td>{journal.events.toLocaleString('en')}</td>
                        <td>{formatBytes(journal.bytes)}</td>
                        <td data-lost={journal.lostEvents > 0 || undefined}>
                          {journal.lostEvents.toLocaleString('en')}
                        </td>
                      </tr>
                    )
                  })}
                </tbody>
              </table>
            )}
            {empty > 0 && (
              <p className="dimmed">
                {empty === 1 ? 'One journal is' : `${empty} journals are`} empty so far.
              </p>
            )}
          </>
        )
      }}
    </Loaded>
  )
}
