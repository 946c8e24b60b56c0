import { Button, Group, Modal, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { createEnrolmentToken, listEnrolmentTokens } from '@quarry/schema/endpoints/enrolment-tokens'
import { type FormEvent, useState } from 'react'
import { useAction } from '../../api.ts'
import { SecretOnce } from '../../components/secret-once.tsx'
import { TroubleBox } from '../../components/trouble-box.tsx'
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
  const submit = (event: FormEvent) => {
    event.preventDefault()
    action.mutate({ body: { name, maxUses: uses, expiresInSeconds: Number(life) } })
  }
  if (action.data)
    return (
      <Modal opened onClose={onClose} title="Enrolment token" closeOnClickOutside={false} size="xl">
        <Stack gap="sm">
          <div>Run this in a checkout of Quarry on the device. The token is shown this once.</div>
          <SecretOnce label="On the device" value={enrolCommand(location.origin, action.data.secret)} />
          <SecretOnce label="The token alone" value={action.data.secret} />
          <Group justify="flex-end">
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      </Modal>
    )
  return (
    <Modal opened onClose={onClose} title="New enrolment token">
      <form onSubmit={submit}>
        <Stack gap="sm">
          {action.error && <TroubleBox error={action.error} title="The token was not made" />}
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
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!name.trim() || !fits} loading={action.isPending}>
              Make the token
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
