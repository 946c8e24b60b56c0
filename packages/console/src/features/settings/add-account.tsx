import { TextInput } from '@mantine/core'
import type { Role } from '@quarry/schema'
import { createAccount, listAccounts } from '@quarry/schema/endpoints/accounts'
import { useState } from 'react'
import { useAction } from '../../api.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { OnceDialog } from '../../components/once-dialog.tsx'
import { SecretOnce } from '../../components/secret-once.tsx'
import { RoleSelect } from './role-select.tsx'
import { roleSentences } from './role-sentences.ts'

const pattern = /^[a-zA-Z0-9][a-zA-Z0-9._@-]{0,62}$/

/** Makes an account and shows its one-time password, this once. */
export function AddAccount({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [username, setUsername] = useState('')
  const [role, setRole] = useState<Role>('analyst')
  const action = useAction(createAccount, { invalidates: [listAccounts] })
  const fits = pattern.test(username)
  const send = () => action.mutate({ body: { name, username, role } })
  if (action.data)
    return (
      <OnceDialog title="Account added" onClose={onClose}>
        <div>
          Hand these to {action.data.account.name}. The password is shown this once, opens the door once, and
          must then be replaced.
        </div>
        <SecretOnce label="User name" value={action.data.account.username} />
        <SecretOnce label="One-time password" value={action.data.oneTimePassword} />
      </OnceDialog>
    )
  return (
    <FormDialog
      title="Add an account"
      send="Add"
      failed="The account was not added"
      error={action.error}
      busy={action.isPending}
      disabled={!name.trim() || !fits}
      onSend={send}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        data-autofocus
        required
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="User name"
        description="Letters, digits, dots, dashes and @."
        required
        autoCapitalize="none"
        spellCheck={false}
        value={username}
        error={username !== '' && !fits && 'This has a character that a user name cannot have.'}
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <RoleSelect label="Role" value={role} onChange={setRole} />
      <div className="dimmed">{roleSentences[role]}</div>
    </FormDialog>
  )
}
