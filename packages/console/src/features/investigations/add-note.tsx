import { Button, Textarea } from '@mantine/core'
import { addMark, getInvestigation } from '@quarry/schema/endpoints/investigations'
import { useState } from 'react'
import { useAction } from '../../api.ts'
import { TroubleBox } from '../../components/trouble-box.tsx'
import classes from './investigation-page.module.css'

interface Props {
  investigationId: string
  questionId?: string
  onDone?: () => void
}

/** Writes a note, on a question or on the whole. */
export function AddNote({ investigationId, questionId, onDone }: Props) {
  const [text, setText] = useState('')
  const add = useAction(addMark, {
    invalidates: [getInvestigation],
    onSuccess: () => {
      setText('')
      onDone?.()
    },
  })
  return (
    <form
      className={classes.note}
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate({
          params: { id: investigationId },
          body: { kind: 'note', text, ...(questionId && { questionId }) },
        })
      }}
    >
      {add.error && <TroubleBox error={add.error} title="The note was not kept" />}
      <Textarea
        aria-label="New note"
        placeholder="Write a note…"
        autosize
        minRows={2}
        maxRows={10}
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {text.trim() !== '' && (
        <Button type="submit" size="compact-sm" loading={add.isPending}>
          Add the note
        </Button>
      )}
    </form>
  )
}
