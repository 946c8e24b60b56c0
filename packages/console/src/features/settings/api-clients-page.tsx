import { ActionIcon, Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { roleNames } from '@quarry/schema'
import { type ApiClient, deleteApiClient, listApiClients } from '@quarry/schema/endpoints/api-clients'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useAction, useCall } from '../../api.ts'
import { Confirm } from '../../components/confirm.tsx'
import { Empty } from '../../components/empty.tsx'
import list from '../../components/list.module.css'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { When } from '../../components/when.tsx'
import { AddApiClient } from './add-api-client.tsx'

/** The programs that may sign in with client credentials. */
export function ApiClientsPage() {
  const clients = useCall(listApiClients, {})
  const [adding, { open, close }] = useDisclosure()
  const [deleting, setDeleting] = useState<ApiClient>()
  const remove = useAction(deleteApiClient, {
    invalidates: [listApiClients],
    onSuccess: () => setDeleting(undefined),
  })
  return (
    <Page title="API clients" actions={<Button onClick={open}>Add an API client…</Button>}>
      <Loaded call={clients} failed="The API clients could not be read" skeleton={<Bars count={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No program signs in yet">
              An API client gives a script or another system an id and a secret. The API is described at{' '}
              <a href="/docs">/docs</a>.
            </Empty>
          ) : (
            <div className={list.frame}>
              <table className={list.list}>
                <thead>
                  <tr>
                    <th>Name</th>
                    <th>Client id</th>
                    <th>Role</th>
                    <th className={list.fit}>Added</th>
                    <th className={list.fit}>Last used</th>
                    <th className={list.fit} aria-label="Actions" />
                  </tr>
                </thead>
                <tbody>
                  {items.map((client) => (
                    <tr key={client.id}>
                      <td>{client.name}</td>
                      <td className="mono">{client.clientId}</td>
                      <td>{roleNames[client.role]}</td>
                      <td className={list.fit}>
                        <When at={client.createdAt} />
                      </td>
                      <td className={list.fit}>
                        <When at={client.lastUsedAt} />
                      </td>
                      <td className={list.fit}>
                        <ActionIcon aria-label={`Delete ${client.name}`} onClick={() => setDeleting(client)}>
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
      {adding && <AddApiClient onClose={close} />}
      <Confirm
        opened={deleting !== undefined}
        onClose={() => setDeleting(undefined)}
        title={`Delete ${deleting?.name ?? 'the client'}?`}
        confirm="Delete the API client"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => deleting && remove.mutate({ params: { id: deleting.id } })}
      >
        Its tokens end at once: whatever signs in with it stops working. What it did stays in the audit log.
      </Confirm>
    </Page>
  )
}
