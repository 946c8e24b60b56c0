import { Button } from '@mantine/core'
import type { ResultColumn, ResultFilter } from '@quarry/schema/endpoints/run-results'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { cellKind } from '../../components/cells/cell-kind.ts'
import { visibleText } from '../../components/cells/visible-text.ts'
import { Anchored } from './anchored.tsx'
import { FilterForm } from './filter-form.tsx'
import { filterInput, filterWords } from './filter-words.ts'
import classes from './results-tab.module.css'
import { removeFilter } from './selection.ts'
import { useRunSearch } from './use-run-search.ts'

/** The filters that are set; a click on one changes it. */
export function FilterBar({ columns }: { columns: readonly ResultColumn[] }) {
  const [{ filter: filters }, patch] = useRunSearch()
  const [editing, setEditing] = useState<{ index: number; rect: DOMRect }>()
  if (!filters) return null
  const columnOf = ({ column }: ResultFilter): ResultColumn =>
    columns.find(({ name }) => name === column) ?? { name: column, type: 'text' }
  const set = (next: ResultFilter[] | undefined) => {
    setEditing(undefined)
    patch({ filter: next, row: undefined })
  }
  const edited = editing && filters[editing.index]
  return (
    <div className={classes.filters}>
      {filters.map((filter, index) => {
        const column = columnOf(filter)
        const words = visibleText(filterWords(filter, filterInput(column, cellKind(column))), 120)
        return (
          <span key={JSON.stringify(filter)} className={classes.chip}>
            <button
              type="button"
              aria-label={`Change the filter: ${words}`}
              onClick={({ currentTarget }) =>
                setEditing({ index, rect: currentTarget.getBoundingClientRect() })
              }
            >
              {words}
            </button>
            <button
              type="button"
              aria-label={`Remove the filter: ${words}`}
              onClick={() => set(removeFilter(filters, index))}
            >
              <IconX size={12} aria-hidden />
            </button>
          </span>
        )
      })}
      {filters.length > 1 && (
        <Button variant="subtle" size="compact-xs" color="gray" onClick={() => set(undefined)}>
          Clear all
        </Button>
      )}
      {editing && edited && (
        <Anchored
          rect={editing.rect}
          label={`Filter on ${edited.column}`}
          onClose={() => setEditing(undefined)}
        >
          <FilterForm
            column={columnOf(edited)}
            filter={edited}
            onApply={(filter) => set(filters.with(editing.index, filter))}
            onRemove={() => set(removeFilter(filters, editing.index))}
          />
        </Anchored>
      )}
    </div>
  )
}
