import { notifications } from '@mantine/notifications'
import {
  addQuestion,
  createInvestigation,
  getInvestigation,
  type Investigation,
  listInvestigations,
} from '@quarry/schema/endpoints/investigations'
import { getTrail } from '@quarry/schema/endpoints/pivots'
import { useState } from 'react'
import { useAction } from '../../api.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { ChooseInvestigation, type Chosen, isReady, useChosen } from './choose-investigation.tsx'

/** Takes a run, with all that it was asked from and all that was asked from it, into an investigation. */
export function AddRun({ runId, onClose }: { runId: string; onClose: () => void }) {
  const [own, setOwn] = useState<Chosen>()
  const chosen = useChosen(own)
  const options = {
    invalidates: [listInvestigations, getInvestigation, getTrail],
    onSuccess: ({ name }: Investigation) => {
      notifications.show({
        message: `The question is part of “${name}”. What you ask from it joins by itself.`,
      })
      onClose()
    },
  }
  const add = useAction(addQuestion, options)
  const create = useAction(createInvestigation, options)
  return (
    <FormDialog
      title="Add to an investigation"
      send="Add"
      failed="The question was not added"
      error={add.error ?? create.error}
      busy={add.isPending || create.isPending}
      disabled={!isReady(chosen)}
      onSend={() => {
        if (!chosen) return
        if ('id' in chosen) add.mutate({ params: { id: chosen.id }, body: { runId } })
        else create.mutate({ body: { name: chosen.name, runId } })
      }}
      onClose={onClose}
    >
      <ChooseInvestigation chosen={chosen} onChange={setOwn} />
      <p className="dimmed" style={{ margin: 0, fontSize: 13 }}>
        With it come the questions that it was asked from, and those that were asked from it.
      </p>
    </FormDialog>
  )
}
