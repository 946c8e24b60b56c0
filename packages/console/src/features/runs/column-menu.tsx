import { Divider, NavLink } from '@mantine/core'
import type { ResultColumn, ResultFilter } from '@quarry/schema/endpoints/run-results'
import {
  IconArrowLeft,
  IconArrowRight,
  IconEyeOff,
  IconListDetails,
  IconPin,
  IconPinnedOff,
  IconSortAscending,
  IconSortDescending,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { type ColumnLayout, hideColumn, nudgeColumn, pinColumn } from '../../components/grid/column-layout.ts'
import { Anchored } from './anchored.tsx'
import { FilterForm } from './filter-form.tsx'
import { isSortable } from './selection.ts'

interface Props {
  column: ResultColumn
  ids: readonly string[]
  rect: DOMRect
  layout: ColumnLayout
  onSort: (desc: boolean) => void
  onFilter: (filter: ResultFilter) => void
  onGroup: () => void
  onLayout: (layout: ColumnLayout) => void
  onClose: () => void
}

/** Everything a column can do: filter, sort, count by it, move, pin, hide. */
export function ColumnMenu(props: Props) {
  const { column, ids, rect, layout, onClose } = props
  const id = column.name
  const pinned = layout.pinned.includes(id)
  const then = (act: () => void) => () => {
    act()
    onClose()
  }
  const item = (label: string, icon: ReactNode, act: () => void) => (
    <NavLink
      component="button"
      type="button"
      label={label}
      leftSection={icon}
      onClick={then(act)}
      py={4}
      px={6}
    />
  )
  return (
    <Anchored rect={rect} label={`Column ${id}`} onClose={onClose}>
      <FilterForm column={column} onApply={(filter) => then(() => props.onFilter(filter))()} />
      <Divider my={6} />
      {isSortable(column) &&
        item('Sort ascending', <IconSortAscending size={15} />, () => props.onSort(false))}
      {isSortable(column) &&
        item('Sort descending', <IconSortDescending size={15} />, () => props.onSort(true))}
      {item('Count by this column', <IconListDetails size={15} />, props.onGroup)}
      <Divider my={6} />
      {item(
        pinned ? 'Unpin' : 'Pin to the left',
        pinned ? <IconPinnedOff size={15} /> : <IconPin size={15} />,
        () => props.onLayout(pinColumn(layout, id, !pinned)),
      )}
      {item('Move left', <IconArrowLeft size={15} />, () => props.onLayout(nudgeColumn(ids, layout, id, -1)))}
      {item('Move right', <IconArrowRight size={15} />, () =>
        props.onLayout(nudgeColumn(ids, layout, id, 1)),
      )}
      {item('Hide', <IconEyeOff size={15} />, () => props.onLayout(hideColumn(layout, id, true)))}
    </Anchored>
  )
}
