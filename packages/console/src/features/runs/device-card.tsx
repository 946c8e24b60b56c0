import type { Run, RunEndpoint } from '@quarry/schema/endpoints/runs'
import type { ReactNode } from 'react'
import { formatBytes } from '../../components/cells/format-bytes.ts'
import { formatDuration } from '../../components/cells/format-duration.ts'
import { formatLocal } from '../../components/cells/format-time.ts'
import { visibleText } from '../../components/cells/visible-text.ts'
import { StateMark } from '../../components/state-mark.tsx'
import { deviceState } from './device-state.ts'
import classes from './devices-tab.module.css'
import { ResumeRun } from './resume-run.tsx'
import { SideCard } from './row-card.tsx'

const time = (at: string | undefined) => at && formatLocal(new Date(at))
const millis = (value: number | undefined) => value !== undefined && formatDuration(value)

interface Props {
  run: Run
  device: RunEndpoint
  onClose: () => void
}

/** One device of a run with everything that is known of it, its warnings and its error written out. */
export function DeviceCard({ run, device, onClose }: Props) {
  const { tone, word } = deviceState(device)
  const facts: [string, ReactNode][] = [
    [
      'State',
      <StateMark key="state" tone={tone}>
        {word}
      </StateMark>,
    ],
    ['Connection', device.online ? 'online' : 'offline'],
    ['Kind', device.type],
    ['Started', time(device.startedAt)],
    ['Ended', time(device.finishedAt)],
    ['Rows', device.resultCount.toLocaleString('en')],
    ['Time', millis(device.executionTimeInMillis)],
    ['CPU time', millis(device.cpuTimeInMillis)],
    ['Paused', millis(device.pausedTimeInMillis)],
    ['Peak memory', device.peakMemoryInBytes !== undefined && formatBytes(device.peakMemoryInBytes)],
    ['Data', formatBytes(device.dataTransferredInBytes)],
    [
      'Device id',
      <span key="id" className="mono">
        {device.id}
      </span>,
    ],
  ]
  return (
    <SideCard title={device.hostname} onClose={onClose}>
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value !== undefined && value !== false)
          .map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd className="numbers">{value}</dd>
            </div>
          ))}
      </dl>
      {device.resumable && (
        <div className={classes.resume}>
          <ResumeRun run={run} device={device} />
        </div>
      )}
      <ul className={classes.messages}>
        {device.error && (
          <li data-bad>
            <b>Error.</b> {visibleText(device.error.message, 4000)}
          </li>
        )}
        {device.warnings.map(({ code, message }) => (
          <li key={`${code} ${message}`}>
            <b>Warning.</b> {visibleText(message, 4000)}
          </li>
        ))}
      </ul>
    </SideCard>
  )
}
