import { Button, Menu, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { roleNames } from '@quarry/schema'
import { signOut } from '@quarry/schema/endpoints/session'
import { IconChevronDown, IconKey, IconKeyboard, IconLogout } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useAction } from '../api.ts'
import { leaveSession, useSession } from '../session.ts'
import { openKeys } from './keys-dialog.tsx'

const PasswordForm = lazy(async () => ({
  default: (await import('../features/sign-in/password-form.tsx')).PasswordForm,
}))

/** Who is signed in; change of password, sign-out. */
export function AccountMenu() {
  const { account } = useSession()
  const navigate = useNavigate()
  const [opened, { open, close }] = useDisclosure()
  const leave = useAction(signOut, {
    onSuccess: () => {
      leaveSession()
      void navigate({ to: '/sign-in' })
    },
    onError: (error) =>
      notifications.show({ color: 'red', title: 'You are still signed in', message: error.message }),
  })
  const changed = () => {
    close()
    notifications.show({ title: 'Password changed', message: 'Your other sessions have ended.' })
  }
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <Button variant="subtle" color="gray" px={8} rightSection={<IconChevronDown size={14} />}>
            {account.name}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {account.username} · {roleNames[account.role]}
          </Menu.Label>
          <Menu.Item leftSection={<IconKey size={15} />} onClick={open}>
            Change password…
          </Menu.Item>
          <Menu.Item leftSection={<IconKeyboard size={15} />} onClick={openKeys}>
            Keys
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => leave.mutate({})}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={opened} onClose={close} title="Change password" size="sm">
        <Suspense>
          <PasswordForm username={account.username} currentLabel="Present password" onDone={changed} />
        </Suspense>
      </Modal>
    </>
  )
}
