import { IconInfoCircle } from '@tabler/icons-react'
import { visibleText } from '../../components/cells/visible-text.ts'
import { kindWords } from '../pivots/kind-words.ts'
import { PrevalenceLine } from '../pivots/prevalence-line.tsx'
import type { Subject } from '../pivots/subject.ts'
import type { PrevalenceOf } from '../pivots/use-prevalence.ts'
import classes from './cell-menu.module.css'
import { counted } from './run-words.ts'

interface Props {
  subject: Subject
  prevalence: PrevalenceOf | undefined
}

/** What the menu is about: the column, what it holds, the value or the number of them, and what cannot be asked. */
export function CellMenuHead({ subject, prevalence }: Props) {
  const { column, type, rows, values, refusals } = subject
  const value = rows[0]?.[column.name] ?? null
  const text = value === null ? 'NULL' : value === '' ? 'empty text' : visibleText(String(value), 200)
  const seen = prevalence?.of(type, value)
  const distinct = new Set(rows.map((row) => row[column.name])).size
  return (
    <div className={classes.head}>
      <div className={classes.what}>
        <span>{column.name}</span>
        {type && <span>{kindWords[type]}</span>}
      </div>
      {rows.length === 1 ? (
        <div className={classes.value}>{text}</div>
      ) : (
        <div>
          {counted(rows.length, 'cell')}, {counted(distinct, 'value')}
        </div>
      )}
      {seen && <PrevalenceLine prevalence={seen} devices={prevalence!.devices} />}
      {subject.groups.size > 0 &&
        refusals.map(({ reason, count }) => (
          <p key={reason} className={classes.refusal}>
            <IconInfoCircle size={14} aria-hidden />
            <span>
              {rows.length > 1 && values.length > 0 && `${counted(count, 'value')} left out: `}
              {reason}
            </span>
          </p>
        ))}
    </div>
  )
}
