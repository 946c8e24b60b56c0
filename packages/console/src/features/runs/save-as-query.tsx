import { Button, Group, Modal, MultiSelect, Stack, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { Template } from '@quarry/schema'
import { createQuery, getQuery, listQueries } from '@quarry/schema/endpoints/queries'
import { listCategories } from '@quarry/schema/endpoints/query-categories'
import type { Run } from '@quarry/schema/endpoints/runs'
import { type FormEvent, useState } from 'react'
import { useAction, useCall } from '../../api.ts'
import { TroubleBox } from '../../components/trouble-box.tsx'

interface Props {
  run: Run
  opened: boolean
  onClose: () => void
}

/** Keeps the question of a run as a query of one's own, with the values of this run as its defaults. */
export function SaveAsQuery({ run, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Save as query">
      <SaveForm run={run} onClose={onClose} />
    </Modal>
  )
}

function SaveForm({ run, onClose }: Omit<Props, 'opened'>) {
  const [name, setName] = useState(run.query ? `${run.name} (copy)` : run.name)
  const [description, setDescription] = useState('')
  const [categoryIds, setCategoryIds] = useState<string[]>([])
  const categories = useCall(listCategories, {})
  const source = useCall(
    getQuery,
    { params: { id: run.query?.id ?? '' } },
    { enabled: run.query !== undefined },
  )
  const save = useAction(createQuery, {
    invalidates: [listQueries, listCategories],
    onSuccess: (query) => {
      notifications.show({ message: `“${query.name}” is saved. You find it in Live Discover.` })
      onClose()
    },
  })
  const short = !Template.safeParse(run.template).success
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { template, variables } = run
    const kept = source.data && { supportedOSes: source.data.supportedOSes, columns: source.data.columns }
    save.mutate({ body: { name, description, template, variables, categoryIds, ...kept } })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label="Name"
          required
          maxLength={120}
          value={name}
          data-autofocus
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Textarea
          label="Description"
          description="What it shows and when to use it, for people who read no SQL."
          autosize
          minRows={3}
          maxRows={8}
          value={description}
          onChange={({ currentTarget }) => setDescription(currentTarget.value)}
        />
        <MultiSelect
          label="Categories"
          data={(categories.data?.items ?? []).map(({ id, name: label }) => ({ value: id, label }))}
          value={categoryIds}
          onChange={setCategoryIds}
        />
        {short && <p className="dimmed">A query has at least 15 characters of SQL; this one is shorter.</p>}
        {save.error && <TroubleBox error={save.error} title="The query was not saved" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={save.isPending} disabled={short || name.trim() === ''}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
