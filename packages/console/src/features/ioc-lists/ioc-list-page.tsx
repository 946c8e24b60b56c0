import { ActionIcon, Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { getIocList, listIocLists, listIocValues, removeIocValues } from '@quarry/schema/endpoints/ioc-lists'
import { IconSearch, IconX } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useAction, useCall } from '../../api.ts'
import { Empty } from '../../components/empty.tsx'
import list from '../../components/list.module.css'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { When } from '../../components/when.tsx'
import { useMay } from '../../session.ts'
import { kindWords } from '../pivots/kind-words.ts'
import { countWords } from './list-words.ts'
import { ValuesDialog } from './values-dialog.tsx'

const route = getRouteApi('/app/ioc-lists/$listId')
const pageSize = 200

/** One IOC list: its values, which can be searched, added and taken out. */
export function IocListPage() {
  const { listId } = route.useParams()
  const found = useCall(getIocList, { params: { id: listId } })
  const mayWrite = useMay('ioc-lists:write')
  const [adding, setAdding] = useState(false)
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 200)
  const [size, setSize] = useState(pageSize)
  const values = useCall(
    listIocValues,
    { params: { id: listId }, query: { pageSize: String(size), ...(search && { search }) } },
    { keepPrevious: true },
  )
  const remove = useAction(removeIocValues, { invalidates: [getIocList, listIocLists, listIocValues] })
  return (
    <Page
      title={found.data?.name ?? 'IOC list'}
      crumbs={[{ label: 'IOC lists', to: '/ioc-lists' }]}
      note={found.data && <span className="dimmed numbers">{countWords(found.data.counts) ?? 'empty'}</span>}
      actions={mayWrite && found.data && <Button onClick={() => setAdding(true)}>Add values…</Button>}
    >
      {found.data?.description && <p className="dimmed">{found.data.description}</p>}
      {remove.error && <TroubleBox error={remove.error} title="The value was not taken out" />}
      <TextInput
        aria-label="Search the values"
        placeholder="Search the values"
        w={320}
        mb={10}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Loaded call={values} failed="The values could not be read" skeleton={<Bars count={6} />}>
        {({ items, pages }) =>
          items.length === 0 ? (
            <Empty title={search ? 'No value contains this' : 'The list is empty'}>
              {!search && 'Add values from a report, a file, or from the cells of a result.'}
            </Empty>
          ) : (
            <>
              <div className={list.frame}>
                <table className={list.list}>
                  <thead>
                    <tr>
                      <th className={list.fit}>Kind</th>
                      <th>Value</th>
                      <th className={list.fit}>Added</th>
                      {mayWrite && <th className={list.fit} aria-label="Actions" />}
                    </tr>
                  </thead>
                  <tbody>
                    {items.map(({ type, value, addedAt }) => (
                      <tr key={`${type} ${value}`}>
                        <td className={list.fit}>{kindWords[type]}</td>
                        <td className="mono" style={{ overflowWrap: 'anywhere' }}>
                          {value}
                        </td>
                        <td className={list.fit}>
                          <When at={addedAt} />
                        </td>
                        {mayWrite && (
                          <td className={list.fit}>
                            <ActionIcon
                              aria-label={`Take out ${value}`}
                              onClick={() =>
                                remove.mutate({ params: { id: listId }, body: { values: [{ type, value }] } })
                              }
                            >
                              <IconX size={15} />
                            </ActionIcon>
                          </td>
                        )}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              {pages.nextKey && size < 10_000 && (
                <Button variant="default" mt={10} onClick={() => setSize(Math.min(10_000, size * 4))}>
                  Show more
                </Button>
              )}
            </>
          )
        }
      </Loaded>
      {adding && found.data && (
        <ValuesDialog list={found.data} onClose={() => setAdding(false)} onDone={() => setAdding(false)} />
      )}
    </Page>
  )
}
