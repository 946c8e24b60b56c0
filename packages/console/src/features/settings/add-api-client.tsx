import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import type { Role } from '@quarry/schema'
import { createApiClient, listApiClients } from '@quarry/schema/endpoints/api-clients'
import { type FormEvent, useState } from 'react'
import { useAction } from '../../api.ts'
import { SecretOnce } from '../../components/secret-once.tsx'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { RoleSelect } from './role-select.tsx'
import { roleSentences } from './role-sentences.ts'

/** Makes an API client and shows its secret, this once. */
export function AddApiClient({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('analyst')
  const action = useAction(createApiClient, { invalidates: [listApiClients] })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    action.mutate({ body: { name, role } })
  }
  if (action.data)
    return (
      <Modal opened onClose={onClose} title="API client added" closeOnClickOutside={false} size="lg">
        <Stack gap="sm">
          <div>The secret is shown this once. Keep it where the program can read it and nobody else.</div>
          <SecretOnce label="Client id" value={action.data.client.clientId} />
          <SecretOnce label="Client secret" value={action.data.clientSecret} />
          <Group justify="flex-end">
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      </Modal>
    )
  return (
    <Modal opened onClose={onClose} title="Add an API client">
      <form onSubmit={submit}>
        <Stack gap="sm">
          {action.error && <TroubleBox error={action.error} title="The API client was not added" />}
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
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!name.trim()} loading={action.isPending}>
              Add
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
