import type { ParsedIndicators, PivotType } from '@quarry/schema'
import { counted } from '../runs/run-words.ts'
import { countWords } from './list-words.ts'
import classes from './values-dialog.module.css'

/** Unreadable values that are written out. */
const shown = 50

/** What was read of a text: values by their kind, and each piece that is none, with its reason. */
export function ReadPreview({ parsed: { indicators, duplicates, invalid } }: { parsed: ParsedIndicators }) {
  const counts: Partial<Record<PivotType, number>> = {}
  for (const { type } of indicators) counts[type] = (counts[type] ?? 0) + 1
  const words = countWords(counts)
  if (!words && invalid.length === 0) return null
  return (
    <div className={classes.preview} aria-live="polite">
      <p>
        {words ?? 'No value was read'}
        {duplicates > 0 && <span className="dimmed">, {counted(duplicates, 'double one')} left out</span>}
      </p>
      {invalid.length > 0 && (
        <>
          <p className={classes.bad}>
            {counted(invalid.length, 'piece')} could not be read and {invalid.length === 1 ? 'is' : 'are'}{' '}
            left out:
          </p>
          <ul className={classes.invalid}>
            {invalid.slice(0, shown).map(({ place, text, problem }, index) => (
              <li key={index}>
                <span className="dimmed">{place}</span> <span className="mono">{text}</span> {problem}
              </li>
            ))}
            {invalid.length > shown && <li>and {counted(invalid.length - shown, 'more')}</li>}
          </ul>
        </>
      )}
    </div>
  )
}
