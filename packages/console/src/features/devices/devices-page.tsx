import { Button, Select } from '@mantine/core'
import { listEndpoints } from '@quarry/schema/endpoints/endpoints'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useCall } from '../../api.ts'
import { Empty } from '../../components/empty.tsx'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { Pager } from '../../components/pager.tsx'
import { useMay } from '../../session.ts'
import { ConditionsBar } from '../targets/conditions-bar.tsx'
import { listQueryOf } from '../targets/device-selection.ts'
import { DeviceTable } from './device-table.tsx'
import classes from './devices-page.module.css'
import type { DevicesSearch } from './devices-search.ts'

const route = getRouteApi('/app/devices')

const sorts = [
  { value: 'hostname:asc', label: 'Name, A first' },
  { value: 'hostname:desc', label: 'Name, Z first' },
  { value: 'lastSeenAt:desc', label: 'Seen last first' },
  { value: 'lastSeenAt:asc', label: 'Longest unseen first' },
]

/** The enrolled devices. */
export function DevicesPage() {
  const search = route.useSearch()
  const { sort = 'hostname:asc', page = 1, ...conditions } = search
  const navigate = useNavigate({ from: '/devices' })
  const mayEnrol = useMay('enrolment:manage')
  const devices = useCall(
    listEndpoints,
    { query: { ...listQueryOf(conditions), sort, page, pageSize: 100, pageTotal: 'true' } },
    { keepPrevious: true, refetchInterval: 10_000 },
  )
  const set = (part: Partial<DevicesSearch>) =>
    void navigate({ replace: true, search: (before) => ({ ...before, page: undefined, ...part }) })
  const narrowed = Object.values(listQueryOf(conditions)).length > 0
  const enrol = mayEnrol && (
    <Button component={Link} to="/settings/enrolment" variant="default">
      Enrol a device…
    </Button>
  )
  return (
    <Page title="Devices" actions={enrol}>
      <div className={classes.bar}>
        <ConditionsBar conditions={conditions} onChange={set} />
        <Select
          aria-label="Order"
          w={160}
          ml="auto"
          data={sorts}
          allowDeselect={false}
          value={sort}
          onChange={(value) =>
            set({ sort: value === 'hostname:asc' ? undefined : (value as DevicesSearch['sort']) })
          }
        />
      </div>
      <Loaded call={devices} failed="The devices could not be read" skeleton={<Bars count={10} />}>
        {({ items, pages }) =>
          items.length > 0 ? (
            <>
              <DeviceTable devices={items} />
              <Pager pages={pages} noun="device" onPage={(next) => set({ page: next })} />
            </>
          ) : narrowed ? (
            <Empty title="No enrolled device meets these conditions" />
          ) : (
            <Empty title="No device is enrolled yet" action={enrol}>
              A device appears here when its agent has enrolled with a token.
            </Empty>
          )
        }
      </Loaded>
    </Page>
  )
}
