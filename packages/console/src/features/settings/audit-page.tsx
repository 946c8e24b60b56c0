import { Button, Group, TextInput } from '@mantine/core'
import { type AuditEntry, listAudit } from '@quarry/schema/endpoints/audit'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCall } from '../../api.ts'
import { formatLocal, formatUtc } from '../../components/cells/format-time.ts'
import { Empty } from '../../components/empty.tsx'
import list from '../../components/list.module.css'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { pageSearch } from '../../shell/use-shell-keys.ts'
import { detailWords } from './detail-words.ts'

const route = getRouteApi('/app/settings/audit')

/** What people and programs did, the latest first. */
export function AuditPage() {
  const { action, from } = route.useSearch()
  const navigate = useNavigate({ from: '/settings/audit' })
  const entries = useCall(
    listAudit,
    { query: { pageSize: 100, ...(action && { action }), ...(from && { pageFromKey: from }) } },
    { keepPrevious: true },
  )
  return (
    <Page
      title="Audit log"
      actions={
        <TextInput
          {...pageSearch}
          w={260}
          aria-label="Only this action"
          placeholder="Only this action, such as session.signIn"
          value={action ?? ''}
          onChange={(event) => {
            const value = event.currentTarget.value
            void navigate({
              replace: true,
              search: (before) => ({ ...before, from: undefined, action: value || undefined }),
            })
          }}
        />
      }
    >
      <Loaded call={entries} failed="The audit log could not be read" skeleton={<Bars count={12} />}>
        {({ items, pages }) =>
          items.length === 0 ? (
            <Empty
              title={action ? `Nothing of the action “${action}” is on record` : 'Nothing is on record yet'}
            />
          ) : (
            <>
              <AuditTable entries={items} />
              <Group justify="flex-end" mt="xs" gap="xs">
                {from && (
                  <Button
                    variant="default"
                    onClick={() => void navigate({ search: (before) => ({ ...before, from: undefined }) })}
                  >
                    Latest
                  </Button>
                )}
                {pages.nextKey && (
                  <Button
                    variant="default"
                    onClick={() =>
                      void navigate({ search: (before) => ({ ...before, from: pages.nextKey }) })
                    }
                  >
                    Older
                  </Button>
                )}
              </Group>
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function AuditTable({ entries }: { entries: AuditEntry[] }) {
  return (
    <div className={list.frame}>
      <table className={list.list}>
        <thead>
          <tr>
            <th className={list.fit}>Time</th>
            <th className={list.fit}>Who</th>
            <th className={list.fit}>Action</th>
            <th>Detail</th>
            <th className={list.fit}>From</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const detail = detailWords(entry.detail)
            return (
              <tr key={entry.id}>
                <td className={`${list.fit} numbers`} title={formatUtc(new Date(entry.at))}>
                  {formatLocal(new Date(entry.at))}
                </td>
                <td className={list.fit}>
                  {entry.principal.name}
                  {entry.principal.type !== 'user' && (
                    <span className="dimmed"> · {entry.principal.type}</span>
                  )}
                </td>
                <td className={`${list.fit} mono`}>{entry.action}</td>
                <td className="ellipsis" style={{ maxWidth: 0 }} title={detail}>
                  {detail}
                </td>
                <td className={`${list.fit} mono`}>{entry.address}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
