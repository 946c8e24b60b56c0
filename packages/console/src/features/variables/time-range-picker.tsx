import { SegmentedControl } from '@mantine/core'
import { type RangeVariables, spanOf, spans, withSpan } from './time-range.ts'
import type { Typed } from './variable-values.ts'
import classes from './variables-form.module.css'

interface Props {
  range: RangeVariables
  typed: Typed
  onChange: (typed: Typed) => void
}

const OWN = 'own'

/** How far back a query looks, in one click; the fields below take any other range. */
export function TimeRangePicker({ range, typed, onChange }: Props) {
  return (
    <div className={classes.range}>
      <span className={classes.label}>How far back</span>
      <SegmentedControl
        size="xs"
        aria-label="How far back the query looks"
        value={spanOf(typed, range) ?? OWN}
        data={[
          ...spans,
          { value: OWN, label: typed[range.from] === undefined ? 'As the query says' : 'Own range' },
        ]}
        onChange={(value) => {
          if (value !== OWN) return onChange(withSpan(typed, range, value))
          const { [range.from]: _, ...others } = typed
          if (range.to !== undefined) delete others[range.to]
          onChange(others)
        }}
      />
    </div>
  )
}
