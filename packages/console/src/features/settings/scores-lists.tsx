import { Select } from '@mantine/core'
import { type IocList, listIocLists } from '@quarry/schema/endpoints/ioc-lists'
import type { ReputationSettings } from '@quarry/schema/endpoints/reputation'
import { useCall } from '../../api.ts'
import { TroubleBox } from '../../components/trouble-box.tsx'
import classes from './connectors.module.css'
import own from './scores-page.module.css'

interface Props {
  draft: ReputationSettings
  onChange: (draft: ReputationSettings) => void
}

/** The organisation’s own word: two IOC lists of SHA-256 that come before every source. */
export function ScoresLists({ draft, onChange }: Props) {
  const lists = useCall(listIocLists, { query: {} })
  const items = lists.data?.items ?? []
  const same = draft.allowListId !== null && draft.allowListId === draft.blockListId
  return (
    <>
      {lists.isError && <TroubleBox error={lists.error} title="The IOC lists could not be read" />}
      <div className={`${classes.row} ${own.lists}`}>
        <ListSelect
          label="Allow list"
          description="Its SHA-256 hashes are good: 95, whatever the sources say."
          items={items}
          read={lists.data !== undefined}
          value={draft.allowListId}
          onChange={(allowListId) => onChange({ ...draft, allowListId })}
        />
        <ListSelect
          label="Block list"
          description="Its SHA-256 hashes are bad: 5. It comes before the allow list."
          items={items}
          read={lists.data !== undefined}
          value={draft.blockListId}
          onChange={(blockListId) => onChange({ ...draft, blockListId })}
        />
      </div>
      {same && <p className={own.warning}>Both are the same list: all of its hashes are blocked.</p>}
    </>
  )
}

interface SelectProps {
  label: string
  description: string
  items: readonly IocList[]
  read: boolean
  value: string | null
  onChange: (id: string | null) => void
}

function ListSelect({ items, read, value, ...field }: SelectProps) {
  const gone = read && value !== null && !items.some(({ id }) => id === value)
  return (
    <Select
      {...field}
      clearable
      searchable
      placeholder={read && items.length === 0 ? 'There is no IOC list yet' : 'No list'}
      error={gone && 'This list is gone: it holds nothing.'}
      data={items.map(({ id, name, counts }) => ({
        value: id,
        label: `${name} (${(counts.sha256 ?? 0).toLocaleString('en')})`,
      }))}
      value={value}
    />
  )
}
