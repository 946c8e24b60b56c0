import type { ReactNode } from 'react'
import classes from './state-mark.module.css'

export type Tone = 'good' | 'fair' | 'bad' | 'quiet' | 'busy'

/** A dot and a word: colour is never alone. */
export function StateMark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.mark} data-tone={tone}>
      <span className={classes.dot} aria-hidden />
      {children}
    </span>
  )
}
