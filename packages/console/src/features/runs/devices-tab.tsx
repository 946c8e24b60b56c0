import type { Run, RunEndpoint } from '@quarry/schema/endpoints/runs'
import { useState, useSyncExternalStore } from 'react'
import { Empty } from '../../components/empty.tsx'
import { type ColumnLayout, EMPTY_LAYOUT } from '../../components/grid/column-layout.ts'
import { Grid } from '../../components/grid/grid.tsx'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { DeviceCard } from './device-card.tsx'
import { DEVICE_COLUMNS } from './devices-columns.tsx'
import classes from './devices-tab.module.css'
import type { LiveRun } from './live-run.ts'
import { counted, progressParts } from './run-words.ts'
import { sortKeys } from './selection.ts'
import { useDevices } from './use-devices.ts'
import { useRunSearch } from './use-run-search.ts'

/** The devices of a run: how far each is, what the query cost it, what it warned of. */
export function DevicesTab({ run, live }: { run: Run; live: LiveRun }) {
  const [search, patch] = useRunSearch()
  const { match, by = 'hostname:asc' } = search
  const devices = useDevices(run.id, match, by, live)
  const [layout, setLayout] = useState<ColumnLayout>(EMPTY_LAYOUT)
  const [opened, setOpened] = useState<number>()
  useSyncExternalStore(devices.rows.subscribe, devices.rows.version)
  const device = opened === undefined ? undefined : devices.rows.rowAt(opened)
  const parts = progressParts(run.endpointCounts).filter(
    ({ count, match: own }) => count > 0 || own === match,
  )
  const choose = (next: string | undefined) => {
    setOpened(undefined)
    patch({ match: next })
  }
  return (
    <div className={classes.tab}>
      <fieldset className={classes.chips}>
        <legend className={classes.legend}>Devices by state</legend>
        <Chip on={match === undefined} onClick={() => choose(undefined)}>
          all <b>{run.endpointCounts.total.toLocaleString('en')}</b>
        </Chip>
        {parts.map(({ key, word, count, match: own }) => (
          <Chip key={key} on={own === match} onClick={() => choose(own)}>
            {word} <b>{count.toLocaleString('en')}</b>
          </Chip>
        ))}
      </fieldset>
      <div className={classes.body}>
        <Grid<RunEndpoint>
          label={`Devices of ${run.name}`}
          columns={DEVICE_COLUMNS}
          rows={devices.rows}
          layout={layout}
          onLayout={setLayout}
          sort={sortKeys([by])}
          onSort={([first]) => patch({ by: first && `${first.id}:${first.desc ? 'desc' : 'asc'}` })}
          density="normal"
          {...(opened !== undefined && { opened })}
          onOpen={setOpened}
        >
          {devices.error !== undefined ? (
            <div style={{ padding: 24 }}>
              <TroubleBox
                error={devices.error}
                title="The devices could not be read"
                onRetry={devices.refresh}
              />
            </div>
          ) : (
            devices.answered && (
              <Empty title="No device in this state">
                The run has {counted(run.endpointCounts.total, 'device')}; none of them is in this state now.
              </Empty>
            )
          )}
        </Grid>
        {device && <DeviceCard run={run} device={device} onClose={() => setOpened(undefined)} />}
      </div>
    </div>
  )
}

interface ChipProps {
  on: boolean
  onClick: () => void
  children: React.ReactNode
}

function Chip({ on, onClick, children }: ChipProps) {
  return (
    <button type="button" className={classes.chip} aria-pressed={on} onClick={onClick}>
      {children}
    </button>
  )
}
