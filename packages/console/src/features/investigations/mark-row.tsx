import { Select, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import {
  addMark,
  createInvestigation,
  getInvestigation,
  listInvestigations,
  type Verdict,
} from '@quarry/schema/endpoints/investigations'
import { getTrail } from '@quarry/schema/endpoints/pivots'
import type { ResultItem } from '@quarry/schema/endpoints/run-results'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { queryClient } from '../../query-client.ts'
import { ChooseInvestigation, type Chosen, isReady, useChosen } from './choose-investigation.tsx'
import { verdictOptions } from './verdict-mark.tsx'

interface Props {
  runId: string
  row: ResultItem
  onClose: () => void
}

/** Marks a row as a finding: what it is held to be, and why. */
export function MarkRow({ runId, row, onClose }: Props) {
  const [own, setOwn] = useState<Chosen>()
  const chosen = useChosen(own)
  const [verdict, setVerdict] = useState<Verdict>('suspicious')
  const [text, setText] = useState('')
  const mark = useMutation({
    mutationFn: async () => {
      if (!chosen) throw new Error('No investigation is chosen.')
      const id =
        'id' in chosen
          ? chosen.id
          : (await call(createInvestigation, { body: { name: chosen.name, runId } })).id
      return await call(addMark, { params: { id }, body: { kind: 'finding', verdict, text, runId, row } })
    },
    onSuccess: ({ name }) => {
      notifications.show({ message: `The row is a finding of “${name}”.` })
      onClose()
    },
    onSettled: () =>
      Promise.all(
        [listInvestigations, getInvestigation, getTrail].map(({ id }) =>
          queryClient.invalidateQueries({ queryKey: [id] }),
        ),
      ),
  })
  return (
    <FormDialog
      title="Mark the row as a finding"
      send="Mark"
      failed="The row was not marked"
      error={mark.error}
      busy={mark.isPending}
      disabled={!isReady(chosen)}
      onSend={() => mark.mutate()}
      onClose={onClose}
    >
      <ChooseInvestigation chosen={chosen} onChange={setOwn} />
      <Select
        label="Verdict"
        allowDeselect={false}
        data={verdictOptions}
        value={verdict}
        onChange={(value) => value && setVerdict(value as Verdict)}
      />
      <Textarea
        label="Why"
        autosize
        minRows={3}
        maxRows={10}
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
