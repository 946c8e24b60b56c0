import { Button, Group, Modal, MultiSelect, Stack, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { SupportedOs } from '@quarry/schema'
import { createQuery, listQueries, type Query } from '@quarry/schema/endpoints/queries'
import { listCategories } from '@quarry/schema/endpoints/query-categories'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useAction, useCall } from '../../api.ts'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { osNames } from '../queries/platforms.ts'
import { withUndeclared } from './declared.ts'
import { type Draft, draftOf, inputOf } from './draft.ts'
import type { DraftState } from './use-draft.ts'

interface Props {
  /** The query that is copied; none for a new one. */
  base: Query | undefined
  state: DraftState
  /** In designer mode the copy has the SQL as it was changed. */
  designer: boolean
  onClose: () => void
}

/** Saves what is in the designer, or a copy of a query, as a custom query and opens it. */
export function SaveDialog({ base, state, designer, onClose }: Props) {
  const start: Draft = designer || !base ? state.draft : draftOf(base)
  const [draft, setDraft] = useState<Draft>({
    ...start,
    name: base ? `${start.name} (copy)` : start.name,
    variables: withUndeclared(start.template, start.variables),
  })
  const categories = useCall(listCategories, { query: {} }, { staleTime: 60_000 })
  const navigate = useNavigate()
  const action = useAction(createQuery, {
    invalidates: [listQueries, listCategories],
    onSuccess: (query) => {
      state.discard()
      onClose()
      notifications.show({ title: 'Saved', message: query.name })
      void navigate({ to: '/live-discover/queries/$queryId', params: { queryId: query.id }, search: true })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    action.mutate({ body: inputOf(draft) })
  }
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  return (
    <Modal opened onClose={onClose} title={base ? 'Save as a copy' : 'Save the query'} size="lg">
      <form onSubmit={submit}>
        <Stack gap="sm">
          {action.error && <TroubleBox error={action.error} title="The query was not saved" />}
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
              loading={action.isPending}
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
