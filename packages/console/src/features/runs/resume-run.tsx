import { Button } from '@mantine/core'
import {
  getRun,
  listRunEndpoints,
  listRuns,
  type Run,
  type RunEndpoint,
  resumeRun,
} from '@quarry/schema/endpoints/runs'
import { useAction } from '../../api.ts'
import { formatLocal } from '../../components/cells/format-time.ts'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { useMay } from '../../session.ts'
import { counted } from './run-words.ts'

/**
 * Goes on where a limit stopped devices, with one click.
 * @param device only this one; all of the run without
 */
export function ResumeRun({ run, device }: { run: Run; device?: RunEndpoint }) {
  const may = useMay('queries:run')
  const mayWrite = useMay('queries:run-ad-hoc')
  const resume = useAction(resumeRun, { invalidates: [getRun, listRuns, listRunEndpoints] })
  const place = device ? device.resumable : run.resumable
  if (!place || !may || (!run.query && !mayWrite)) return null
  const whose = device ? 'this device' : counted(run.resumable?.devices ?? 0, 'device')
  const body = device ? { endpointIds: [device.id] } : {}
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        loading={resume.isPending}
        title={`A limit stopped ${whose}; the rows that follow join those of this run.`}
        onClick={() => resume.mutate({ params: { id: run.id }, body })}
      >
        {place.from ? `Continue from ${formatLocal(new Date(place.from))}` : 'Continue after these rows'}
      </Button>
      {resume.error && <TroubleBox error={resume.error} title="The run could not be continued" />}
    </>
  )
}
