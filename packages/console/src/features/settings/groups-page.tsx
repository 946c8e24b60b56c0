import { ActionIcon, Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { deleteGroup, type EndpointGroup, listGroups } from '@quarry/schema/endpoints/endpoint-groups'
import { listEndpoints } from '@quarry/schema/endpoints/endpoints'
import { IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAction, useCall } from '../../api.ts'
import { Confirm } from '../../components/confirm.tsx'
import { Empty } from '../../components/empty.tsx'
import list from '../../components/list.module.css'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { AddGroup } from './add-group.tsx'

/** The groups of devices. */
export function GroupsPage() {
  const groups = useCall(listGroups, {})
  const [adding, { open, close }] = useDisclosure()
  const [deleting, setDeleting] = useState<EndpointGroup>()
  const remove = useAction(deleteGroup, {
    invalidates: [listGroups, listEndpoints],
    onSuccess: () => setDeleting(undefined),
  })
  return (
    <Page title="Device groups" actions={<Button onClick={open}>New group…</Button>}>
      <Loaded call={groups} failed="The groups could not be read" skeleton={<Bars count={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No group yet">
              A group gathers devices that questions are asked of together. Devices are moved into one on
              their own page.
            </Empty>
          ) : (
            <div className={list.frame}>
              <table className={list.list}>
                <thead>
                  <tr>
                    <th>Name</th>
                    <th>Description</th>
                    <th className={list.number}>Devices</th>
                    <th className={list.fit} aria-label="Actions" />
                  </tr>
                </thead>
                <tbody>
                  {items.map((group) => (
                    <tr key={group.id}>
                      <td>
                        <Link to="/devices" search={{ group: group.name }}>
                          {group.name}
                        </Link>
                      </td>
                      <td>{group.description}</td>
                      <td className={list.number}>{group.endpointCount}</td>
                      <td className={list.fit}>
                        <ActionIcon aria-label={`Delete ${group.name}`} onClick={() => setDeleting(group)}>
                          <IconTrash size={15} />
                        </ActionIcon>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
      {adding && <AddGroup onClose={close} />}
      <Confirm
        opened={deleting !== undefined}
        onClose={() => setDeleting(undefined)}
        title={`Delete the group “${deleting?.name ?? ''}”?`}
        confirm="Delete the group"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => deleting && remove.mutate({ params: { id: deleting.id } })}
      >
        Its {deleting?.endpointCount} devices stay enrolled, without a group.
      </Confirm>
    </Page>
  )
}
