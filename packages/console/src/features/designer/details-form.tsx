import { Button, Group, Modal, MultiSelect, Stack, Textarea, TextInput } from '@mantine/core'
import type { SupportedOs } from '@quarry/schema'
import { listCategories } from '@quarry/schema/endpoints/query-categories'
import { type FormEvent, useState } from 'react'
import { useCall } from '../../api.ts'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { osNames } from '../queries/platforms.ts'
import type { Draft } from './draft.ts'

interface Props {
  title: string
  start: Draft
  onSave: (draft: Draft) => void
  onClose: () => void
  busy: boolean
  error: Error | null
}

/** Name, description, categories and systems of a query, in a dialog. */
export function DetailsForm({ title, start, onSave, onClose, busy, error }: Props) {
  const [draft, setDraft] = useState(start)
  const categories = useCall(listCategories, { query: {} }, { staleTime: 60_000 })
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSave(draft)
  }
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <form onSubmit={submit}>
        <Stack gap="sm">
          {error && <TroubleBox error={error} title="The query was not saved" />}
          <TextInput
            label="Name"
            required
            data-autofocus
            maxLength={120}
            value={draft.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <Textarea
            label="Description"
            description="What it lists and what that is good for, for colleagues who do not read SQL."
            autosize
            minRows={2}
            maxRows={8}
            maxLength={4000}
            value={draft.description}
            onChange={(event) => set({ description: event.currentTarget.value })}
          />
          <Group grow align="flex-start">
            <MultiSelect
              label="Categories"
              data={(categories.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              value={draft.categoryIds}
              onChange={(categoryIds) => set({ categoryIds })}
            />
            <MultiSelect
              label="Runs on"
              required
              data={Object.entries(osNames).map(([value, label]) => ({ value, label }))}
              value={draft.supportedOSes}
              onChange={(values) => set({ supportedOSes: values as SupportedOs[] })}
            />
          </Group>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={busy}
              disabled={!draft.name.trim() || draft.supportedOSes.length === 0}
            >
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
