import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  title: string
  size?: 'md' | 'lg' | 'xl'
  onClose: () => void
  children: ReactNode
}

/** A dialog with something that is shown this once: a click beside it does not close it. */
export function OnceDialog({ title, size = 'md', onClose, children }: Props) {
  return (
    <Modal opened onClose={onClose} title={title} closeOnClickOutside={false} size={size}>
      <Stack gap="sm">
        {children}
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
