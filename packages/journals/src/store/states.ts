import type { Manifest } from './manifest.ts'
import type { Total } from './open-tables.ts'
import type { JournalState, Loss } from './types.ts'

/** Losses that are no surprise: room was made for newer events. */
const NOT_LOST = new Set(['retention'])

/** What each journal holds, from closed periods and open ones. */
export function foldStates(
  manifest: Manifest,
  open: Iterable<Iterable<Total>>,
  openLosses: Iterable<Iterable<Loss>>,
): JournalState[] {
  const states = new Map<string, JournalState>()
  const stateOf = (subject: string) => {
    let state = states.get(subject)
    if (state === undefined) {
      state = { subject, events: 0, bytes: 0, lostEvents: 0 }
      states.set(subject, state)
    }
    return state
  }
  const add = (subject: string, part: Omit<Total, 'subject'>) => {
    if (part.events === 0) return
    const state = stateOf(subject)
    state.firstTime = Math.min(state.firstTime ?? part.firstTime, part.firstTime)
    state.lastTime = Math.max(state.lastTime ?? part.lastTime, part.lastTime)
    state.events += part.events
    state.bytes += part.bytes
  }
  for (const period of manifest.closed)
    for (const [subject, part] of Object.entries(period.subjects)) add(subject, part)
  for (const totals of open) for (const total of totals) add(total.subject, total)
  for (const losses of [manifest.losses, ...openLosses])
    for (const loss of losses)
      if (loss.events > 0 && !NOT_LOST.has(loss.reason)) stateOf(loss.subject).lostEvents += loss.events
  return [...states.values()].sort((a, b) => (a.subject < b.subject ? -1 : 1))
}
