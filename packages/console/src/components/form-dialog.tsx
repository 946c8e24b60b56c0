import { Button, Group, Modal, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { TroubleBox } from './trouble-box.tsx'

interface Props {
  title: string
  /** What the button that sends says. */
  send: string
  /** A sentence for when it failed: “The account was not added”. */
  failed: string
  error: unknown
  busy: boolean
  disabled: boolean
  onSend: () => void
  onClose: () => void
  /** Its width; `md` when left out. */
  size?: string
  children: ReactNode
}

/** A dialog with a form: its fields are the children, its trouble stands on top. */
export function FormDialog({
  title,
  send,
  failed,
  error,
  busy,
  disabled,
  onSend,
  onClose,
  size,
  children,
}: Props) {
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSend()
  }
  return (
    <Modal opened onClose={onClose} title={title} {...(size && { size })}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {error != null && <TroubleBox error={error} title={failed} />}
          {children}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={disabled} loading={busy}>
              {send}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
