import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { columnDetail } from './completions.ts'
import type { KnownSchema, KnownTable } from './known-schema.ts'
import classes from './table-panel.module.css'

interface Props {
  schema: KnownSchema
  loading: boolean
  onInsert: (text: string) => void
}

/** The tables that the devices have; a click puts a name into the SQL. */
export function TablePanel({ schema, loading, onInsert }: Props) {
  const [search, setSearch] = useState('')
  const word = search.trim().toLowerCase()
  const shown = schema.tables.filter(
    ({ name, columns }) => name.includes(word) || columns.some((column) => column.name.includes(word)),
  )
  return (
    <section className={classes.panel} aria-label="Tables">
      <TextInput
        aria-label="Search tables and columns"
        placeholder="Search tables and columns"
        leftSection={<IconSearch size={14} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <div className={classes.tables}>
        {shown.map((table) => (
          <TableEntry key={table.name} table={table} word={word} onInsert={onInsert} />
        ))}
        {shown.length === 0 && !loading && (
          <p className={classes.none}>
            {schema.tables.length === 0
              ? 'No device has told its tables yet. They appear when the first one connects.'
              : 'No table or column has this name.'}
          </p>
        )}
      </div>
    </section>
  )
}

interface EntryProps {
  table: KnownTable
  /** Columns with this word in their name are shown without opening the table. */
  word: string
  onInsert: (text: string) => void
}

function TableEntry({ table, word, onInsert }: EntryProps) {
  const columns = table.columns.filter((column) => !column.hidden && !column.aliasOf)
  return (
    <details
      className={classes.table}
      open={word.length > 2 && !table.name.includes(word) ? true : undefined}
    >
      <summary className={classes.name} title={table.description}>
        <span className="ellipsis">{table.name}</span>
        <button
          type="button"
          className={classes.insert}
          aria-label={`Insert ${table.name}`}
          onClick={(event) => {
            event.preventDefault()
            onInsert(table.name)
          }}
        >
          insert
        </button>
      </summary>
      <p className={classes.about}>{table.description}</p>
      {columns.map((column) => (
        <button
          key={column.name}
          type="button"
          className={classes.column}
          title={column.description}
          data-required={column.required}
          onClick={() => onInsert(column.name)}
        >
          <span className="ellipsis">{column.name}</span>
          <span className={classes.type}>{columnDetail(column)}</span>
        </button>
      ))}
    </details>
  )
}
