import type { RunEndpoint } from '@quarry/schema/endpoints/runs'
import { IconAlertTriangle } from '@tabler/icons-react'
import { formatBytes } from '../../components/cells/format-bytes.ts'
import { formatDuration } from '../../components/cells/format-duration.ts'
import { visibleText } from '../../components/cells/visible-text.ts'
import type { GridColumn } from '../../components/grid/grid-types.ts'
import { StateMark } from '../../components/state-mark.tsx'
import { deviceState } from './device-state.ts'
import classes from './devices-tab.module.css'

const NONE = <span className="dimmed">−</span>
const millis = (value: number | undefined) => (value === undefined ? NONE : formatDuration(value))
const plain = (value: number | undefined) => (value === undefined ? '' : String(value))

/** One column; `sortable` only where the server sorts by the field. */
const column = (
  id: string,
  label: string,
  width: number,
  draw: GridColumn<RunEndpoint>['draw'],
  text: GridColumn<RunEndpoint>['text'],
  more: Partial<GridColumn<RunEndpoint>> = {},
): GridColumn<RunEndpoint> => ({
  id,
  label,
  width,
  grow: 0,
  align: 'left',
  sortable: true,
  draw,
  text,
  ...more,
})

const number = { align: 'right' } as const

/** The columns of the devices of a run: state, cost, warnings, error. */
export const DEVICE_COLUMNS: readonly GridColumn<RunEndpoint>[] = [
  column(
    'hostname',
    'Device',
    190,
    ({ hostname }) => <span className="ellipsis">{hostname}</span>,
    (d) => d.hostname,
    {
      grow: 1,
    },
  ),
  column(
    'status',
    'State',
    210,
    (device) => {
      const { tone, word } = deviceState(device)
      return <StateMark tone={tone}>{word}</StateMark>
    },
    (device) => deviceState(device).word,
  ),
  column(
    'resultCount',
    'Rows',
    90,
    (d) => <Figure>{d.resultCount.toLocaleString('en')}</Figure>,
    (d) => plain(d.resultCount),
    number,
  ),
  column(
    'executionTimeInMillis',
    'Time',
    100,
    (d) => (
      <Figure
        tip={
          d.pausedTimeInMillis
            ? `Of these, ${formatDuration(d.pausedTimeInMillis)} paused to keep to its share of the CPU.`
            : undefined
        }
      >
        {millis(d.executionTimeInMillis)}
      </Figure>
    ),
    (d) => plain(d.executionTimeInMillis),
    number,
  ),
  column(
    'cpuTimeInMillis',
    'CPU',
    90,
    (d) => <Figure>{millis(d.cpuTimeInMillis)}</Figure>,
    (d) => plain(d.cpuTimeInMillis),
    number,
  ),
  column(
    'peakMemoryInBytes',
    'Memory',
    96,
    (d) => <Figure>{d.peakMemoryInBytes === undefined ? NONE : formatBytes(d.peakMemoryInBytes)}</Figure>,
    (d) => plain(d.peakMemoryInBytes),
    { ...number, tip: 'The most memory that the query had at once.' },
  ),
  column(
    'dataTransferredInBytes',
    'Data',
    90,
    (d) => <Figure>{formatBytes(d.dataTransferredInBytes)}</Figure>,
    (d) => plain(d.dataTransferredInBytes),
    { ...number, tip: 'Bytes that the device sent for this run.' },
  ),
  column('notes', 'Warnings and error', 300, (device) => <Notes device={device} />, notesText, {
    grow: 3,
    sortable: false,
  }),
]

function Figure({ children, tip }: { children: React.ReactNode; tip?: string | undefined }) {
  return (
    <span className="mono" data-tip={tip}>
      {children}
    </span>
  )
}

function notesText({ error, warnings }: RunEndpoint): string {
  return [...(error ? [error.message] : []), ...warnings.map(({ message }) => message)].join('\n')
}

function Notes({ device }: { device: RunEndpoint }) {
  const text = notesText(device)
  if (text === '') return null
  return (
    <span
      className={classes.notes}
      data-bad={device.error ? true : undefined}
      data-tip={visibleText(text).replaceAll('↵', '\n')}
    >
      <IconAlertTriangle size={14} aria-label={device.error ? 'Error:' : 'Warning:'} />
      <span className="ellipsis">{visibleText(text.replaceAll('\n', ' · '))}</span>
    </span>
  )
}
