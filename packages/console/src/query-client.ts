import { AppError } from '@quarry/schema'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'

type Listener = (error: Error) => void
const listeners = new Set<Listener>()

/** Calls `listener` for every error of the API, whoever made the call. Returns how to stop. */
export function onApiError(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const tell = (error: Error) => {
  for (const listener of listeners) listener(error)
}

/** An answer of the server is final; a network failure may pass. */
export function worthRetrying(failures: number, error: Error): boolean {
  return !(error instanceof AppError) && error.name !== 'ZodError' && failures < 2
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: tell }),
  mutationCache: new MutationCache({ onError: tell }),
  defaultOptions: {
    queries: { retry: worthRetrying, staleTime: 5_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
})
