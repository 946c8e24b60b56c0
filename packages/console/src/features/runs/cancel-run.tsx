import { Button } from '@mantine/core'
import { cancelRun, getRun, listRuns, type Run } from '@quarry/schema/endpoints/runs'
import { useState } from 'react'
import { useAction } from '../../api.ts'
import { Confirm } from '../../components/confirm.tsx'
import { useMay } from '../../session.ts'
import { counted, openDevices } from './run-words.ts'

/** Ends a run after a question. */
export function CancelRun({ run, rows }: { run: Run; rows: number }) {
  const [asking, setAsking] = useState(false)
  const may = useMay('runs:cancel')
  const cancel = useAction(cancelRun, {
    invalidates: [getRun, listRuns],
    onSuccess: () => setAsking(false),
  })
  if (!may || run.status === 'finished') return null
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => setAsking(true)}>
        Cancel
      </Button>
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title="Cancel this run?"
        confirm="Cancel the run"
        onConfirm={() => cancel.mutate({ params: { id: run.id } })}
        busy={cancel.isPending}
        error={cancel.error}
      >
        It ends on {counted(openDevices(run.endpointCounts), 'device')} that{' '}
        {openDevices(run.endpointCounts) === 1 ? 'has' : 'have'} not answered yet.{' '}
        {rows > 0 ? `The ${counted(rows, 'row')} that came stay.` : 'No row has come yet.'}
      </Confirm>
    </>
  )
}
