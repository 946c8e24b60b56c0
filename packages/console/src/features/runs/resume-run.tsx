import { Button } from '@mantine/core'
import { getRun, listRunEndpoints, listRuns, type Run, resumeRun } from '@quarry/schema/endpoints/runs'
import { useAction } from '../../api.ts'
import { formatLocal } from '../../components/cells/format-time.ts'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { useMay } from '../../session.ts'
import { counted } from './run-words.ts'

/**
 * Goes on where a limit stopped devices, with one click.
 * @param device only this one; all of the run without
 */
export function ResumeRun({ run, device }: { run: Run; device?: { id: string; from: string } }) {
  const may = useMay('queries:run')
  const mayWrite = useMay('queries:run-ad-hoc')
  const resume = useAction(resumeRun, { invalidates: [getRun, listRuns, listRunEndpoints] })
  const from = device?.from ?? run.resumable?.from
  if (!from || !may || (!run.query && !mayWrite)) return null
  const whose = device ? 'this device' : counted(run.resumable?.devices ?? 0, 'device')
  const body = device ? { endpointIds: [device.id] } : {}
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        loading={resume.isPending}
        title={`A limit stopped ${whose}; the rows from here on join those of this run.`}
        onClick={() => resume.mutate({ params: { id: run.id }, body })}
      >
        Continue from {formatLocal(new Date(from))}
      </Button>
      {resume.error && <TroubleBox error={resume.error} title="The run could not be continued" />}
    </>
  )
}
