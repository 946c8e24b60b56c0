import { SegmentedControl } from '@mantine/core'
import { ConditionsBar } from './conditions-bar.tsx'
import classes from './device-picker.module.css'
import { type DeviceSelection, mostChosen } from './device-selection.ts'
import { DevicesToChoose } from './devices-to-choose.tsx'

interface Props {
  selection: DeviceSelection
  onChange: (selection: DeviceSelection) => void
}

const modes = [
  { value: 'all', label: 'All devices' },
  { value: 'match', label: 'By conditions' },
  { value: 'chosen', label: 'Chosen' },
]

/** Picks the devices that a query is for: all, those that meet conditions, or some chosen one by one. */
export function DevicePicker({ selection, onChange }: Props) {
  const setMode = (mode: string) => {
    if (mode === 'all') return onChange({ mode: 'all' })
    const conditions = selection.mode === 'all' ? {} : { ...selection }
    if (mode === 'match') {
      const { ids: _, ...rest } = conditions as { ids?: string[] }
      return onChange({ ...rest, mode: 'match' })
    }
    onChange({ ids: [], ...conditions, mode: 'chosen' })
  }
  return (
    <div className={classes.picker}>
      <div className={classes.bar}>
        <SegmentedControl aria-label="Which devices" data={modes} value={selection.mode} onChange={setMode} />
        {selection.mode !== 'all' && (
          <ConditionsBar
            conditions={selection}
            onChange={(conditions) => onChange({ ...selection, ...conditions } as DeviceSelection)}
          />
        )}
      </div>
      {selection.mode === 'all' ? (
        <p className={classes.hint}>
          Every enrolled device. An offline one gets the query when it connects, until the run ends.
        </p>
      ) : (
        <DevicesToChoose
          conditions={selection}
          {...(selection.mode === 'chosen' && {
            chosen: selection.ids,
            onChoose: (ids: string[]) => onChange({ ...selection, ids: ids.slice(0, mostChosen) }),
          })}
        />
      )}
    </div>
  )
}
