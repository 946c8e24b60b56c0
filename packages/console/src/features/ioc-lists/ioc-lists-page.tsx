import { ActionIcon, Button } from '@mantine/core'
import { deleteIocList, type IocList, listIocLists } from '@quarry/schema/endpoints/ioc-lists'
import { IconTrash } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAction, useCall } from '../../api.ts'
import { Confirm } from '../../components/confirm.tsx'
import { Empty } from '../../components/empty.tsx'
import list from '../../components/list.module.css'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { When } from '../../components/when.tsx'
import { useMay } from '../../session.ts'
import { countWords } from './list-words.ts'
import { ValuesDialog } from './values-dialog.tsx'

/** The IOC lists: named sets of hashes, addresses, names, paths, for any variable of their kinds. */
export function IocListsPage() {
  const lists = useCall(listIocLists, { query: {} })
  const mayWrite = useMay('ioc-lists:write')
  const navigate = useNavigate()
  const [adding, setAdding] = useState(false)
  const [deleting, setDeleting] = useState<IocList>()
  const remove = useAction(deleteIocList, {
    invalidates: [listIocLists],
    onSuccess: () => setDeleting(undefined),
  })
  const add = mayWrite && <Button onClick={() => setAdding(true)}>New list…</Button>
  return (
    <Page title="IOC lists" actions={add}>
      <Loaded call={lists} failed="The lists could not be read" skeleton={<Bars count={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No list yet" action={add}>
              A list holds hashes, addresses, names or paths that you look for: paste them from a report, or
              read a STIX or MISP file. Every query with a variable of that kind takes the whole list at once.
            </Empty>
          ) : (
            <div className={list.frame}>
              <table className={list.list}>
                <thead>
                  <tr>
                    <th>Name</th>
                    <th>Values</th>
                    <th>Description</th>
                    <th className={list.fit}>Changed</th>
                    <th className={list.fit}>Made by</th>
                    {mayWrite && <th className={list.fit} aria-label="Actions" />}
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => (
                    <tr key={item.id}>
                      <td>
                        <Link to="/ioc-lists/$listId" params={{ listId: item.id }}>
                          {item.name}
                        </Link>
                      </td>
                      <td>{countWords(item.counts) ?? <span className="dimmed">empty</span>}</td>
                      <td>{item.description}</td>
                      <td className={list.fit}>
                        <When at={item.updatedAt} />
                      </td>
                      <td className={list.fit}>{item.createdBy.name}</td>
                      {mayWrite && (
                        <td className={list.fit}>
                          <ActionIcon aria-label={`Delete ${item.name}`} onClick={() => setDeleting(item)}>
                            <IconTrash size={15} />
                          </ActionIcon>
                        </td>
                      )}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
      {adding && (
        <ValuesDialog
          onClose={() => setAdding(false)}
          onDone={(done) => void navigate({ to: '/ioc-lists/$listId', params: { listId: done.list.id } })}
        />
      )}
      <Confirm
        opened={deleting !== undefined}
        onClose={() => setDeleting(undefined)}
        title={`Delete the list “${deleting?.name ?? ''}”?`}
        confirm="Delete the list"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => deleting && remove.mutate({ params: { id: deleting.id } })}
      >
        {countWords(deleting?.counts ?? {}) ?? 'No value'} will be gone. Runs that used the list keep their
        values.
      </Confirm>
    </Page>
  )
}
