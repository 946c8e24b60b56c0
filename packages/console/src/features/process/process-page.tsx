import { Button } from '@mantine/core'
import { getEndpoint } from '@quarry/schema/endpoints/endpoints'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useCall } from '../../api.ts'
import { parseSophosPid } from '../../components/cells/sophos-pid.ts'
import { Empty } from '../../components/empty.tsx'
import { Bars } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { ProcessStory } from './process-story.tsx'
import { useStory } from './use-story.ts'

const route = getRouteApi('/app/devices/$deviceId/processes/$sophosPid')

/** One process of one device through the journals: who started it, what it started, what they did and when. */
export function ProcessPage() {
  const { deviceId, sophosPid } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const device = useCall(getEndpoint, { params: { id: deviceId }, query: {} })
  const asked = useStory(
    deviceId,
    sophosPid,
    search.run,
    (run) => void navigate({ search: (before) => ({ ...before, run }), replace: true }),
  )
  const { run, story } = asked
  const self = story?.nodes.find((node) => node.sophosPid === sophosPid)
  const ended = run?.status === 'finished'
  const waiting = run && !ended && run.endpointCounts.statuses.pending.offline > 0
  const hostname = device.data?.hostname ?? 'the device'
  return (
    <Page
      title={self?.name || `Process ${parseSophosPid(sophosPid)?.pid ?? sophosPid}`}
      crumbs={[{ label: 'Devices', to: '/devices' }]}
      note={
        <>
          <Link to="/devices/$deviceId" params={{ deviceId }}>
            {hostname}
          </Link>
          {run && !ended && (
            <StateMark tone="busy">{waiting ? 'waiting for the device' : 'asking the device'}</StateMark>
          )}
        </>
      }
      actions={
        <>
          {run && (
            <Button
              variant="default"
              renderRoot={(props) => (
                <Link to="/live-discover/runs/$runId" params={{ runId: run.id }} {...props} />
              )}
            >
              Its run
            </Button>
          )}
          <Button onClick={asked.again} disabled={!run || !ended}>
            Ask again
          </Button>
        </>
      }
    >
      {asked.error && (
        <TroubleBox error={asked.error} title="The story could not be read" onRetry={asked.again} />
      )}
      {asked.blocked && <Empty title="This page asks the device">{asked.blocked}</Empty>}
      {run && ended && run.result !== 'succeeded' && (
        <p className="dimmed">The device did not answer in full: see its run for the reason.</p>
      )}
      {story && story.nodes.length > 0 ? (
        <ProcessStory
          key={sophosPid}
          story={story}
          focus={sophosPid}
          deviceId={deviceId}
          beyond={asked.beyond}
          search={search}
          onSearch={(part) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true })}
        />
      ) : ended && run.result === 'succeeded' ? (
        <Empty title={`The journals of ${hostname} do not know this process`}>
          It started before the recording began, or longer ago than the journals reach.
        </Empty>
      ) : (
        !asked.blocked && !asked.error && !ended && <Bars count={6} height={26} />
      )}
    </Page>
  )
}
