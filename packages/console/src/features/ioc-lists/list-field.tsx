import { ActionIcon, type InputWrapperProps, Select, Tooltip } from '@mantine/core'
import { listIocLists } from '@quarry/schema/endpoints/ioc-lists'
import type { QueryVariable } from '@quarry/schema/endpoints/queries'
import { IconListCheck, IconX } from '@tabler/icons-react'
import { useCall } from '../../api.ts'
import { fitting } from './list-words.ts'

interface Props extends Pick<InputWrapperProps, 'label' | 'description' | 'required' | 'inputWrapperOrder'> {
  variable: QueryVariable
  /** Id of the chosen list; '' while none is chosen. */
  listId: string
  onChange: (listId: string | undefined) => void
}

/** The IOC list that a variable stands for, with the number of values that it would take; a click goes back to one value. */
export function ListField({ variable, listId, onChange, ...field }: Props) {
  const lists = useCall(listIocLists, { query: {} })
  const usable = (lists.data?.items ?? []).filter(({ counts }) => fitting(counts, variable.pivotType) > 0)
  const gone = listId !== '' && lists.data && !usable.some(({ id }) => id === listId)
  return (
    <Select
      {...field}
      placeholder={
        lists.data && usable.length === 0 ? 'No list holds values of this kind' : 'Choose an IOC list'
      }
      error={gone ? 'This list is gone, or holds no value of this kind any more.' : lists.error?.message}
      leftSection={<IconListCheck size={15} aria-hidden />}
      searchable
      allowDeselect={false}
      data={usable.map(({ id, name, counts }) => ({
        value: id,
        label: `${name} (${fitting(counts, variable.pivotType).toLocaleString('en')})`,
      }))}
      value={listId || null}
      onChange={(id) => id && onChange(id)}
      rightSectionPointerEvents="all"
      rightSection={
        <Tooltip label="One value instead">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="One value instead"
            onClick={() => onChange(undefined)}
          >
            <IconX size={14} />
          </ActionIcon>
        </Tooltip>
      }
    />
  )
}

/** The button in a field of one value that leads to the lists. */
export function UseList({ onClick }: { onClick: () => void }) {
  return (
    <Tooltip label="Use an IOC list">
      <ActionIcon variant="subtle" color="gray" aria-label="Use an IOC list" onClick={onClick}>
        <IconListCheck size={15} />
      </ActionIcon>
    </Tooltip>
  )
}
