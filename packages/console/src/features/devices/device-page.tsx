import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type Device, getEndpoint } from '@quarry/schema/endpoints/endpoints'
import { listRuns } from '@quarry/schema/endpoints/runs'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useCall } from '../../api.ts'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { useMay } from '../../session.ts'
import { RunTable } from '../run-list/run-table.tsx'
import { Capabilities } from './capabilities.tsx'
import { DeviceFacts } from './device-facts.tsx'
import { DeviceGroup } from './device-group.tsx'
import classes from './device-page.module.css'
import { ForgetDevice } from './forget-device.tsx'
import { RecordingCard } from './recording.tsx'

const route = getRouteApi('/app/devices/$deviceId')
const crumbs = [{ label: 'Devices', to: '/devices' }] as const

/** One device: what it is, what its agent can do, and the runs that were for it. */
export function DevicePage() {
  const { deviceId } = route.useParams()
  const device = useCall(getEndpoint, { params: { id: deviceId }, query: {} }, { refetchInterval: 10_000 })
  if (device.data) return <Shown device={device.data} />
  return (
    <Page title="Device" crumbs={[...crumbs]}>
      <Loaded call={device} failed="The device could not be read" skeleton={<Bars count={4} height={64} />}>
        {() => null}
      </Loaded>
    </Page>
  )
}

function Shown({ device }: { device: Device }) {
  const [forgetting, { open, close }] = useDisclosure()
  const mayManage = useMay('endpoints:manage')
  const runs = useCall(
    listRuns,
    { query: { endpointId: device.id, pageSize: 10 } },
    { refetchInterval: 10_000 },
  )
  return (
    <Page
      title={device.hostname}
      crumbs={[...crumbs]}
      note={
        <StateMark tone={device.online ? 'good' : 'quiet'}>{device.online ? 'online' : 'offline'}</StateMark>
      }
      actions={
        <>
          {mayManage && (
            <Button variant="default" onClick={open}>
              Forget…
            </Button>
          )}
          <Button
            renderRoot={(props) => <Link to="/live-discover" search={{ device: device.id }} {...props} />}
          >
            Ask it a question
          </Button>
        </>
      }
    >
      <div className={classes.columns}>
        <section className={classes.part} aria-label="Facts">
          <h2 className={classes.heading}>Facts</h2>
          <DeviceFacts device={device} />
          {mayManage && <DeviceGroup device={device} />}
        </section>
        <section className={classes.part} aria-label="Agent">
          <h2 className={classes.heading}>What its agent can do</h2>
          <Capabilities capabilities={device.agent.capabilities} />
        </section>
      </div>
      <section className={`${classes.part} ${classes.wide}`} aria-label="Journals">
        <h2 className={classes.heading}>What it records</h2>
        <RecordingCard device={device} />
      </section>
      <h2 className={classes.heading}>Recent runs</h2>
      <Loaded call={runs} failed="The runs could not be read">
        {({ items }) =>
          items.length > 0 ? (
            <RunTable runs={items} />
          ) : (
            <p className="dimmed">No query has run on this device yet.</p>
          )
        }
      </Loaded>
      <ForgetDevice device={device} opened={forgetting} onClose={close} />
    </Page>
  )
}
