import type { QueryVariable } from '@quarry/schema/endpoints/queries'
import { rangeVariables } from './time-range.ts'
import { TimeRangePicker } from './time-range-picker.tsx'
import { VariableField } from './variable-field.tsx'
import type { Lists, Typed } from './variable-values.ts'
import classes from './variables-form.module.css'

interface Props {
  variables: QueryVariable[]
  typed: Typed
  onChange: (typed: Typed) => void
  /** Ids of IOC lists by variable. */
  lists: Lists
  onLists: (lists: Lists) => void
  /** Shows what is missing, also in fields that nobody touched. */
  strict: boolean
}

/** The variables of a query as a form, each by its type. */
export function VariablesForm({ variables, typed, onChange, lists, onLists, strict }: Props) {
  const range = rangeVariables(variables)
  return (
    <div className={classes.form}>
      {range && <TimeRangePicker range={range} typed={typed} onChange={onChange} />}
      {variables.map((variable) => (
        <VariableField
          key={variable.name}
          variable={variable}
          typed={typed[variable.name] ?? ''}
          strict={strict}
          listId={lists[variable.name]}
          onList={(listId) => {
            const { [variable.name]: _, ...others } = lists
            onLists(listId === undefined ? others : { ...others, [variable.name]: listId })
          }}
          onChange={(value) => {
            const { [variable.name]: _, ...others } = typed
            onChange(value === '' ? others : { ...others, [variable.name]: value })
          }}
        />
      ))}
    </div>
  )
}
