import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { RunSearch } from './run-search.ts'

const route = getRouteApi('/app/live-discover/runs/$runId')

export type Patch = (part: RunSearch, options?: { replace?: boolean }) => void

/** The state of the run page, which stands in the address, and how to change a part of it; `undefined` takes a part out. */
export function useRunSearch(): [RunSearch, Patch] {
  const search: RunSearch = route.useSearch()
  const navigate = route.useNavigate()
  const patch = useCallback<Patch>(
    (part, { replace = false } = {}) =>
      void navigate({ search: (before) => ({ ...before, ...part }), replace, resetScroll: false }),
    [navigate],
  )
  return [search, patch]
}
