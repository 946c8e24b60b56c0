import { ActionIcon, Menu, Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { roleNames } from '@quarry/schema'
import { type Account, deleteAccount, listAccounts, updateAccount } from '@quarry/schema/endpoints/accounts'
import { IconDots, IconKey, IconLock, IconLockOpen, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useAction } from '../../api.ts'
import { Confirm } from '../../components/confirm.tsx'
import list from '../../components/list.module.css'
import { SecretOnce } from '../../components/secret-once.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { When } from '../../components/when.tsx'
import { troubleOf } from '../../errors.ts'
import { useSession } from '../../session.ts'
import { RoleSelect } from './role-select.tsx'

/** One account: its role, its state, and what can be done with it. */
export function AccountRow({ account }: { account: Account }) {
  const me = useSession().account.id === account.id
  const [deleting, setDeleting] = useState(false)
  const [password, setPassword] = useState<string>()
  const update = useAction(updateAccount, {
    invalidates: [listAccounts],
    onSuccess: ({ oneTimePassword }) => setPassword(oneTimePassword),
    onError: (error) =>
      notifications.show({
        color: 'red',
        title: `${account.name} was not changed`,
        message: troubleOf(error).message,
      }),
  })
  const remove = useAction(deleteAccount, {
    invalidates: [listAccounts],
    onSuccess: () => setDeleting(false),
  })
  const change = (body: Parameters<typeof update.mutate>[0]['body']) =>
    update.mutate({ params: { id: account.id }, body })
  return (
    <tr>
      <td>
        {account.name} {me && <span className="dimmed">· you</span>}
      </td>
      <td className="mono">{account.username}</td>
      <td className={list.fit}>
        {me ? (
          roleNames[account.role]
        ) : (
          <RoleSelect
            name={`Role of ${account.name}`}
            value={account.role}
            disabled={update.isPending}
            onChange={(role) => change({ role })}
          />
        )}
      </td>
      <td>
        {account.disabled ? (
          <StateMark tone="quiet">disabled</StateMark>
        ) : account.mustChangePassword ? (
          <StateMark tone="busy">has a one-time password</StateMark>
        ) : (
          <StateMark tone="good">active</StateMark>
        )}
      </td>
      <td className={list.fit}>
        <When at={account.lastSignInAt} />
      </td>
      <td className={list.fit}>
        {!me && (
          <Menu position="bottom-end" width={230}>
            <Menu.Target>
              <ActionIcon aria-label={`More about ${account.name}`}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconKey size={15} />} onClick={() => change({ resetPassword: true })}>
                New one-time password
              </Menu.Item>
              <Menu.Item
                leftSection={account.disabled ? <IconLockOpen size={15} /> : <IconLock size={15} />}
                onClick={() => change({ disabled: !account.disabled })}
              >
                {account.disabled ? 'Enable' : 'Disable and sign out'}
              </Menu.Item>
              <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => setDeleting(true)}>
                Delete…
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
        <Confirm
          opened={deleting}
          onClose={() => setDeleting(false)}
          title={`Delete the account of ${account.name}?`}
          confirm={`Delete ${account.username}`}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ params: { id: account.id } })}
        >
          {account.name} is signed out at once and cannot come back. What they did stays in the audit log,
          their queries stay in the catalogue.
        </Confirm>
        <Modal
          opened={password !== undefined}
          onClose={() => setPassword(undefined)}
          title="One-time password"
        >
          <p style={{ marginTop: 0 }}>
            Shown this once. {account.name} signs in with it and then chooses a password of their own.
          </p>
          <SecretOnce label={`One-time password of ${account.username}`} value={password ?? ''} />
        </Modal>
      </td>
    </tr>
  )
}
