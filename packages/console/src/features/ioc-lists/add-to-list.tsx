import { Select, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { addIocValues, createIocList, type IocsAdded, listIocLists } from '@quarry/schema/endpoints/ioc-lists'
import { useState } from 'react'
import { useAction, useCall } from '../../api.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import type { Subject } from '../pivots/subject.ts'
import { counted } from '../runs/run-words.ts'

const fresh = 'new'

/** Puts the values of cells into an IOC list, an old one or a new one. */
export function AddToList({ subject, onClose }: { subject: Subject; onClose: () => void }) {
  const lists = useCall(listIocLists, { query: {} })
  const [chosen, setChosen] = useState<string>()
  const [name, setName] = useState('')
  const type = subject.type!
  const values = subject.values.map((value) => ({ type, value }))
  const options = {
    invalidates: [listIocLists],
    onSuccess: ({ list, added, duplicates }: IocsAdded) => {
      notifications.show({
        message: `${counted(added, 'value')} added to “${list.name}”${duplicates > 0 ? `; ${duplicates} were in it already` : ''}.`,
      })
      onClose()
    },
  }
  const add = useAction(addIocValues, options)
  const create = useAction(createIocList, options)
  const target = chosen ?? lists.data?.items[0]?.id ?? fresh
  const send = () =>
    target === fresh
      ? create.mutate({ body: { name, values } })
      : add.mutate({ params: { id: target }, body: { values } })
  return (
    <FormDialog
      title="Add to an IOC list"
      send="Add"
      failed="Nothing was added"
      error={add.error ?? create.error ?? lists.error}
      busy={add.isPending || create.isPending}
      disabled={!lists.data || (target === fresh && !name.trim())}
      onSend={send}
      onClose={onClose}
    >
      <Text size="sm" className="mono" lineClamp={3} style={{ overflowWrap: 'anywhere' }}>
        {subject.values.slice(0, 5).join(', ')}
        {subject.values.length > 5 && ` and ${subject.values.length - 5} more`}
      </Text>
      <Select
        label="List"
        allowDeselect={false}
        data={[
          ...(lists.data?.items ?? []).map((list) => ({ value: list.id, label: list.name })),
          { value: fresh, label: 'A new list…' },
        ]}
        value={target}
        onChange={(value) => setChosen(value ?? undefined)}
      />
      {target === fresh && (
        <TextInput
          label="Name of the new list"
          data-autofocus
          required
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  )
}
