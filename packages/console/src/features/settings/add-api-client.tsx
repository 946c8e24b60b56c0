import { TextInput } from '@mantine/core'
import type { Role } from '@quarry/schema'
import { createApiClient, listApiClients } from '@quarry/schema/endpoints/api-clients'
import { useState } from 'react'
import { useAction } from '../../api.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { OnceDialog } from '../../components/once-dialog.tsx'
import { SecretOnce } from '../../components/secret-once.tsx'
import { RoleSelect } from './role-select.tsx'
import { roleSentences } from './role-sentences.ts'

/** Makes an API client and shows its secret, this once. */
export function AddApiClient({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('analyst')
  const action = useAction(createApiClient, { invalidates: [listApiClients] })
  const send = () => action.mutate({ body: { name, role } })
  if (action.data)
    return (
      <OnceDialog title="API client added" size="lg" onClose={onClose}>
        <div>The secret is shown this once. Keep it where the program can read it and nobody else.</div>
        <SecretOnce label="Client id" value={action.data.client.clientId} />
        <SecretOnce label="Client secret" value={action.data.clientSecret} />
      </OnceDialog>
    )
  return (
    <FormDialog
      title="Add an API client"
      send="Add"
      failed="The API client was not added"
      error={action.error}
      busy={action.isPending}
      disabled={!name.trim()}
      onSend={send}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description="The program that will use it."
        data-autofocus
        required
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <RoleSelect label="Role" value={role} onChange={setRole} />
      <div className="dimmed">{roleSentences[role]}</div>
    </FormDialog>
  )
}
