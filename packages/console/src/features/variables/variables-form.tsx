import type { QueryVariable } from '@quarry/schema/endpoints/queries'
import { rangeVariables } from './time-range.ts'
import { TimeRangePicker } from './time-range-picker.tsx'
import { VariableField } from './variable-field.tsx'
import type { Typed } from './variable-values.ts'
import classes from './variables-form.module.css'

interface Props {
  variables: QueryVariable[]
  typed: Typed
  onChange: (typed: Typed) => void
  /** Shows what is missing, also in fields that nobody touched. */
  strict: boolean
}

/** The variables of a query as a form, each by its type. */
export function VariablesForm({ variables, typed, onChange, strict }: Props) {
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
          onChange={(value) => {
            const { [variable.name]: _, ...others } = typed
            onChange(value === '' ? others : { ...others, [variable.name]: value })
          }}
        />
      ))}
    </div>
  )
}
