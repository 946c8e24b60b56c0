import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { TroubleBox } from './trouble-box.tsx'

interface Props {
  opened: boolean
  onClose: () => void
  title: string
  /** What will happen, and to what. */
  children: ReactNode
  /** The verb on the button. */
  confirm: string
  onConfirm: () => void
  busy: boolean
  error: Error | null
}

/** Asks before something is destroyed. Focus starts on "Keep", so that Enter destroys nothing. */
export function Confirm({ opened, onClose, title, children, confirm, onConfirm, busy, error }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="md">
      <Stack gap="md">
        <div>{children}</div>
        {error && <TroubleBox error={error} title="That did not work" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep
          </Button>
          <Button color="red.9" loading={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
