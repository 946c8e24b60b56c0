import { Group, NumberInput, Select, TextInput } from '@mantine/core'
import { createEnrolmentToken, listEnrolmentTokens } from '@quarry/schema/endpoints/enrolment-tokens'
import { useState } from 'react'
import { useAction } from '../../api.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { OnceDialog } from '../../components/once-dialog.tsx'
import { SecretOnce } from '../../components/secret-once.tsx'
import { enrolCommand } from './enrol-command.ts'

const lives = [
  { value: '3600', label: '1 hour' },
  { value: '86400', label: '1 day' },
  { value: '604800', label: '7 days' },
  { value: '2592000', label: '30 days' },
  { value: '31536000', label: '1 year' },
]

/** Makes an enrolment token and shows it, this once, with the command that uses it. */
export function AddToken({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [maxUses, setMaxUses] = useState<number | string>(1)
  const [life, setLife] = useState('86400')
  const action = useAction(createEnrolmentToken, { invalidates: [listEnrolmentTokens] })
  const uses = Number(maxUses)
  const fits = Number.isInteger(uses) && uses >= 1 && uses <= 100_000
  const send = () => action.mutate({ body: { name, maxUses: uses, expiresInSeconds: Number(life) } })
  if (action.data)
    return (
      <OnceDialog title="Enrolment token" size="xl" onClose={onClose}>
        <div>Run this in a checkout of Quarry on the device. The token is shown this once.</div>
        <SecretOnce label="On the device" value={enrolCommand(location.origin, action.data.secret)} />
        <SecretOnce label="The token alone" value={action.data.secret} />
      </OnceDialog>
    )
  return (
    <FormDialog
      title="New enrolment token"
      send="Make the token"
      failed="The token was not made"
      error={action.error}
      busy={action.isPending}
      disabled={!name.trim() || !fits}
      onSend={send}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description="What it is for."
        data-autofocus
        required
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Group grow align="flex-start">
        <NumberInput
          label="Devices"
          min={1}
          max={100_000}
          allowDecimal={false}
          value={maxUses}
          error={!fits && 'Between 1 and 100,000.'}
          onChange={setMaxUses}
        />
        <Select
          label="Expires after"
          data={lives}
          value={life}
          allowDeselect={false}
          onChange={(value) => value && setLife(value)}
        />
      </Group>
    </FormDialog>
  )
}
