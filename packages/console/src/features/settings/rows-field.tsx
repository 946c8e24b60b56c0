import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import classes from './connectors.module.css'

interface ColumnOf<Row> {
  key: keyof Row & string
  label: string
  placeholder?: string
  /** The values that it may have, for a list to choose from. */
  choices?: readonly { value: string; label: string }[]
  mono?: boolean
  width?: string
}

interface Props<Row> {
  label: string
  /** What one row is called: “field”. */
  noun: string
  hint?: string
  columns: readonly ColumnOf<Row>[]
  rows: readonly Row[]
  empty: Row
  onChange: (rows: Row[]) => void
}

/** A small table to type into: rows are added and taken away. */
export function RowsField<Row extends object>(props: Props<Row>) {
  const { label, noun, hint, columns, rows, empty, onChange } = props
  const template = `${columns.map(({ width = 'minmax(0, 1fr)' }) => width).join(' ')} 26px`
  const set = (at: number, key: string, value: string) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, [key]: value } : row)))
  return (
    <fieldset className={classes.group}>
      <legend className={classes.rowsLabel}>{label}</legend>
      {rows.length > 0 && (
        <div className={classes.rows} style={{ gridTemplateColumns: template }}>
          {columns.map((column) => (
            <span key={column.key} className={classes.rowsHead} aria-hidden>
              {column.label}
            </span>
          ))}
          <span />
          {rows.map((row, at) => (
            <div key={at} style={{ display: 'contents' }}>
              {columns.map((column) => (
                <Cell
                  key={column.key}
                  column={column}
                  name={`${column.label} of ${noun} ${at + 1}`}
                  value={String(row[column.key] ?? '')}
                  onChange={(value) => set(at, column.key, value)}
                />
              ))}
              <ActionIcon
                aria-label={`Remove ${noun} ${at + 1}`}
                onClick={() => onChange(rows.filter((_, index) => index !== at))}
              >
                <IconX size={15} />
              </ActionIcon>
            </div>
          ))}
        </div>
      )}
      <Button
        variant="subtle"
        size="compact-xs"
        mt={4}
        leftSection={<IconPlus size={13} aria-hidden />}
        onClick={() => onChange([...rows, empty])}
      >
        Add a {noun}
      </Button>
      {hint && <p className={classes.hint}>{hint}</p>}
    </fieldset>
  )
}

interface CellProps<Row> {
  column: ColumnOf<Row>
  name: string
  value: string
  onChange: (value: string) => void
}

function Cell<Row>({ column, name, value, onChange }: CellProps<Row>) {
  if (column.choices)
    return (
      <Select
        aria-label={name}
        data={column.choices.map((each) => ({ ...each }))}
        value={value}
        allowDeselect={false}
        onChange={(next) => next !== null && onChange(next)}
      />
    )
  return (
    <TextInput
      aria-label={name}
      {...(column.placeholder !== undefined && { placeholder: column.placeholder })}
      {...(column.mono && { classNames: { input: 'mono' } })}
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
