import { Button, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core'
import type { ResultColumn, ResultFilter } from '@quarry/schema/endpoints/run-results'
import { type FormEvent, useState } from 'react'
import { cellKind } from '../../components/cells/cell-kind.ts'
import { filterInput, filterOps, filterText, parseFilterValue, takesValue } from './filter-words.ts'

interface Props {
  column: ResultColumn
  /** The filter that is edited; without it a new one is made. */
  filter?: ResultFilter | undefined
  onApply: (filter: ResultFilter) => void
  onRemove?: (() => void) | undefined
}

/** A condition on one column: the operations of its type, and a value. Enter applies it. */
export function FilterForm({ column, filter, onApply, onRemove }: Props) {
  const input = filterInput(column, cellKind(column))
  const ops = filterOps(input)
  const [op, setOp] = useState<ResultFilter['op']>(filter?.op ?? ops[0]!.op)
  const [text, setText] = useState(filter ? filterText(input, filter) : '')
  const [error, setError] = useState<string>()

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const parsed = parseFilterValue(input, op, text)
    if ('error' in parsed) setError(parsed.error)
    else onApply({ column: column.name, op, ...parsed })
  }
  const field = {
    'aria-label': 'Value',
    value: text,
    error,
    'data-autofocus': true,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => {
      setText(currentTarget.value)
      setError(undefined)
    },
  }
  // A filter that came by a link may use an operation that this type does not offer.
  const offered = ops.some((each) => each.op === op) ? ops : [...ops, { op, label: op }]
  return (
    <form onSubmit={submit}>
      <Stack gap={6}>
        <NativeSelect
          size="xs"
          aria-label="Condition"
          value={op}
          data={offered.map((each) => ({ value: each.op, label: each.label }))}
          onChange={({ currentTarget }) => setOp(currentTarget.value as ResultFilter['op'])}
        />
        {takesValue(op) &&
          (op === 'in' ? (
            <Textarea {...field} rows={4} placeholder="One value a line" classNames={{ input: 'mono' }} />
          ) : (
            <TextInput
              {...field}
              {...(input === 'time' && { type: 'datetime-local', step: 1 })}
              classNames={{ input: 'mono' }}
            />
          ))}
        <Group gap={6} justify="flex-end">
          {onRemove && (
            <Button size="compact-xs" variant="subtle" color="gray" onClick={onRemove}>
              Remove
            </Button>
          )}
          <Button size="compact-xs" type="submit">
            Filter
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
