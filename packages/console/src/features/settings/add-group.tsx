import { TextInput } from '@mantine/core'
import { createGroup, listGroups } from '@quarry/schema/endpoints/endpoint-groups'
import { useState } from 'react'
import { useAction } from '../../api.ts'
import { FormDialog } from '../../components/form-dialog.tsx'

/** Makes a group of devices. */
export function AddGroup({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const action = useAction(createGroup, { invalidates: [listGroups], onSuccess: onClose })
  return (
    <FormDialog
      title="New group"
      send="Make the group"
      failed="The group was not made"
      error={action.error}
      busy={action.isPending}
      disabled={!name.trim()}
      onSend={() => action.mutate({ body: { name, description } })}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        data-autofocus
        required
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="Description"
        maxLength={400}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
