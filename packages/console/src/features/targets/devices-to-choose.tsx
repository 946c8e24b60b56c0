import { Button, Checkbox, Group } from '@mantine/core'
import { type Device, listEndpoints } from '@quarry/schema/endpoints/endpoints'
import type { ReactNode } from 'react'
import { useCall } from '../../api.ts'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import classes from './device-picker.module.css'
import { type Conditions, listQueryOf } from './device-selection.ts'

interface Props {
  conditions: Conditions
  /** Ids that are ticked; without them the list is for reading only. */
  chosen?: string[]
  onChoose?: (ids: string[]) => void
}

const SHOWN = 100

/** The devices that meet the conditions; ticked one by one where something is to be chosen. */
export function DevicesToChoose({ conditions, chosen, onChoose }: Props) {
  const devices = useCall(
    listEndpoints,
    { query: { ...listQueryOf(conditions), pageSize: SHOWN, sort: 'hostname:asc', pageTotal: 'true' } },
    { keepPrevious: true, refetchInterval: 15_000 },
  )
  return (
    <Loaded call={devices} failed="The devices could not be read" skeleton={<Bars count={3} height={24} />}>
      {({ items, pages }) => {
        if (items.length === 0)
          return <p className={classes.hint}>No enrolled device meets these conditions.</p>
        const ids = items.map(({ id }) => id)
        return (
          <>
            <div className={classes.devices}>
              {items.map((device) =>
                chosen && onChoose ? (
                  <label key={device.id} htmlFor={`choose-${device.id}`} className={classes.row}>
                    <Checkbox
                      id={`choose-${device.id}`}
                      checked={chosen.includes(device.id)}
                      onChange={(event) =>
                        onChoose(
                          event.currentTarget.checked
                            ? [...chosen, device.id]
                            : chosen.filter((id) => id !== device.id),
                        )
                      }
                    />
                    <DeviceLine device={device} />
                  </label>
                ) : (
                  <div key={device.id} className={classes.row}>
                    <DeviceLine device={device} />
                  </div>
                ),
              )}
            </div>
            <Group gap="sm">
              {chosen && onChoose && (
                <>
                  <Button
                    variant="default"
                    size="compact-xs"
                    onClick={() => onChoose([...new Set([...chosen, ...ids])])}
                  >
                    Tick all shown
                  </Button>
                  <Button
                    variant="default"
                    size="compact-xs"
                    disabled={chosen.length === 0}
                    onClick={() => onChoose([])}
                  >
                    Untick {chosen.length}
                  </Button>
                </>
              )}
              {(pages.items ?? 0) > items.length && (
                <p className={classes.more}>
                  The first {items.length} of {pages.items}; narrow the conditions to see others.
                </p>
              )}
            </Group>
          </>
        )
      }}
    </Loaded>
  )
}

function DeviceLine({ device }: { device: Device }): ReactNode {
  return (
    <>
      <span className={classes.name}>{device.hostname}</span>
      <span className="dimmed ellipsis">
        {[device.os.name, device.group?.name, device.ipv4Addresses[0]].filter(Boolean).join(' · ')}
      </span>
      <span className={classes.end}>
        <StateMark tone={device.online ? 'good' : 'quiet'}>{device.online ? 'online' : 'offline'}</StateMark>
      </span>
    </>
  )
}
