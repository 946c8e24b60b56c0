import { Button, Select } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import type { QueryPerformance } from '@quarry/schema/endpoints/queries'
import { IconPlayerPlayFilled } from '@tabler/icons-react'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { modKey } from '../../shell/mod-key.ts'
import type { DeviceSelection } from '../targets/device-selection.ts'
import { CostPreview } from './cost-preview.tsx'
import classes from './run-card.module.css'
import type { RunAction } from './use-run-query.ts'
import { waits } from './waits.ts'

interface Props {
  performance: QueryPerformance | undefined
  devices: DeviceSelection
  /** Seconds; the default when undefined. */
  wait: number | undefined
  onWait: (wait: number | undefined) => void
  run: RunAction
  /** Variables that keep it from running. */
  missing: string[]
}

/** What a run would cost, how long it waits, and the button that starts it. */
export function RunCard({ performance, devices, wait, onWait, run, missing }: Props) {
  useHotkeys([['mod+Enter', run.start]], [])
  return (
    <section className={classes.card} aria-label="Run">
      <CostPreview performance={performance} devices={devices} />
      <Select
        label="Wait for offline devices"
        data={waits.map(({ seconds, label }) => ({ value: String(seconds), label }))}
        value={String(wait ?? 300)}
        allowDeselect={false}
        onChange={(value) => onWait(value === '300' || value === null ? undefined : Number(value))}
      />
      <Button
        size="sm"
        fullWidth
        leftSection={<IconPlayerPlayFilled size={14} />}
        loading={run.busy}
        disabled={run.blocked !== undefined}
        onClick={run.start}
        aria-keyshortcuts="Meta+Enter Control+Enter"
      >
        Run <kbd className={classes.key}>{modKey} ↵</kbd>
      </Button>
      {run.blocked && <p className={classes.note}>{run.blocked}</p>}
      {missing.length > 0 && (
        <p role="alert" className={classes.bad}>
          {missing.length === 1
            ? `“${missing[0]}” needs a value that fits.`
            : `These need values that fit: ${missing.join(', ')}.`}
        </p>
      )}
      {run.error && <TroubleBox error={run.error} title="The query did not run" />}
    </section>
  )
}
