import type { Query } from '@quarry/schema/endpoints/queries'
import { useMemo, useState } from 'react'
import { type Draft, draftOf, emptyDraft, type Kept, keepDraft, readDraft, sameDraft } from './draft.ts'

export interface DraftState {
  draft: Draft
  /** Whether it differs from what is saved. */
  changed: boolean
  /** Whether the saved query was changed by someone after this draft began. */
  outdated: boolean
  change: (part: Partial<Draft>) => void
  discard: () => void
  /** Takes over what a save answered with, which `base` will be a moment later. */
  settle: (query: Query) => void
}

/** The draft of a query, or of a new one; kept in this browser over reloads until it is saved or discarded. */
export function useDraft(base: Query | undefined): DraftState {
  const id = base?.id ?? 'new'
  const saved = useMemo(() => (base ? draftOf(base) : emptyDraft), [base])
  const [kept, setKept] = useState<Kept | undefined>(() => readDraft(localStorage, id))
  const [settled, setSettled] = useState<Query>()
  // Between the answer to a save and the next read of the query, the answer is what is saved.
  const present = settled && (!base || settled.updatedAt > base.updatedAt) ? draftOf(settled) : saved
  const basedOn = settled && base && settled.updatedAt > base.updatedAt ? settled.updatedAt : base?.updatedAt
  const draft = kept?.draft ?? present
  const changed = kept !== undefined && !sameDraft(draft, present)
  const store = (next: Kept | undefined) => {
    keepDraft(localStorage, id, next)
    setKept(next)
  }
  return {
    draft,
    changed,
    outdated: changed && base !== undefined && kept.basedOn !== basedOn,
    change: (part) => {
      const began = changed ? kept.basedOn : basedOn
      store({ ...(began && { basedOn: began }), draft: { ...draft, ...part } })
    },
    discard: () => store(undefined),
    settle: (query) => {
      store(undefined)
      setSettled(query)
    },
  }
}
