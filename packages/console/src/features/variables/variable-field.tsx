import { type InputWrapperProps, Select, TextInput } from '@mantine/core'
import type { QueryVariable } from '@quarry/schema/endpoints/queries'
import { useState } from 'react'
import { ListField, UseList } from '../ioc-lists/list-field.tsx'
import { DateTimeField } from './date-time-field.tsx'
import { problemOf } from './variable-values.ts'
import classes from './variables-form.module.css'

interface Props {
  variable: QueryVariable
  typed: string
  strict: boolean
  onChange: (typed: string) => void
  /** Id of the IOC list that it stands for instead of one value; '' while none is chosen. */
  listId: string | undefined
  onList: (listId: string | undefined) => void
}

const typeNames: Record<QueryVariable['dataType'], string> = {
  text: 'text',
  integer: 'whole number',
  double: 'number',
  boolean: 'yes or no',
  dateTime: 'date and time',
}

/** What stands in an empty field: the default that will count. */
function placeholderOf({ value }: QueryVariable): string {
  if (value === undefined) return ''
  if (value === '%') return '% (any value)'
  return value === '' ? '(empty)' : value
}

/** The field of one variable. A mistake shows once the field was left, or when somebody tried to run. */
export function VariableField({ variable, typed, strict, onChange, listId, onList }: Props) {
  const [left, setLeft] = useState(false)
  const problem = problemOf(variable, typed, new Date())
  const field = {
    label: (
      <>
        {variable.name}
        <span className={classes.type}>{typeNames[variable.dataType]}</span>
      </>
    ),
    description: variable.description,
    error: (strict || (left && typed !== '')) && problem,
    required: variable.value === undefined,
    placeholder: placeholderOf(variable),
    // Below the field, so that the fields of a row stand on one line.
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as InputWrapperProps['inputWrapperOrder'],
    onBlur: () => setLeft(true),
  }
  if (listId !== undefined) {
    const { label, description, required, inputWrapperOrder } = field
    const shown = { label, description, required, inputWrapperOrder }
    return <ListField {...shown} variable={variable} listId={listId} onChange={onList} />
  }
  if (variable.dataType === 'boolean')
    return (
      <Select
        {...field}
        data={[
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ]}
        placeholder={
          /^(true|1)$/i.test(variable.value ?? '') ? 'Yes' : variable.value === undefined ? '' : 'No'
        }
        value={typed === '' ? null : typed}
        clearable
        onChange={(value) => onChange(value ?? '')}
      />
    )
  if (variable.dataType === 'dateTime') return <DateTimeField {...field} value={typed} onChange={onChange} />
  return (
    <TextInput
      {...field}
      value={typed}
      inputMode={variable.dataType === 'text' ? 'text' : 'decimal'}
      spellCheck={false}
      autoComplete="off"
      rightSection={variable.pivotType && <UseList onClick={() => onList('')} />}
      styles={{ input: { fontFamily: 'var(--q-mono)' } }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
