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
}

/** The draft of a query, or of a new one; kept in this browser over reloads until it is saved or discarded. */
export function useDraft(base: Query | undefined): DraftState {
  const id = base?.id ?? 'new'
  const saved = useMemo(() => (base ? draftOf(base) : emptyDraft), [base])
  const [kept, setKept] = useState<Kept | undefined>(() => readDraft(localStorage, id))
  const draft = kept?.draft ?? saved
  const changed = kept !== undefined && !sameDraft(draft, saved)
  const store = (next: Kept | undefined) => {
    keepDraft(localStorage, id, next)
    setKept(next)
  }
  return {
    draft,
    changed,
    outdated: changed && base !== undefined && kept.basedOn !== base.updatedAt,
    change: (part) =>
      store({
        ...((kept?.basedOn ?? base?.updatedAt) && { basedOn: kept?.basedOn ?? base?.updatedAt }),
        draft: { ...draft, ...part },
      }),
    discard: () => store(undefined),
  }
}
