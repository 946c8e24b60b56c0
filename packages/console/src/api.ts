import { client, type Endpoint, type Input, type Output } from '@quarry/schema'
import {
  type QueryKey,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { z } from 'zod'
import { csrfHeaders } from './session-token.ts'

type Shape = z.ZodType

/** Makes one call, outside React. Throws `ApiError`. */
export const call = client(location.origin, { headers: csrfHeaders })

/** Key of a call in the cache: the id of the endpoint and all of its input. */
export function callKey(spec: { id: string }, input?: unknown): QueryKey {
  return input === undefined ? [spec.id] : [spec.id, input]
}

interface CallOptions {
  enabled?: boolean
  /** Milliseconds between reads; `false` for none. */
  refetchInterval?: number | false
  /** Keeps the last answer on show while another input is read. */
  keepPrevious?: boolean
  staleTime?: number
}

/** Reads from the API; the cache is keyed by the endpoint and all of the input. */
export function useCall<P extends Shape, Q extends Shape, B extends Shape, O extends Shape>(
  spec: Endpoint<P, Q, B, O>,
  input: Input<Endpoint<P, Q, B, O>>,
  { keepPrevious, ...options }: CallOptions = {},
): UseQueryResult<z.output<O>> {
  return useQuery<z.output<O>>({
    queryKey: callKey(spec, input),
    queryFn: ({ signal }) => call(spec, input, { signal }),
    ...(keepPrevious && { placeholderData: (previous: z.output<O> | undefined) => previous }),
    ...options,
  } as Parameters<typeof useQuery<z.output<O>>>[0])
}

interface ActionOptions<E extends Endpoint> {
  /** Endpoints whose answers are stale afterwards. */
  invalidates?: { id: string }[]
  onSuccess?: (output: Output<E>, input: Input<E>) => void
  onError?: (error: Error) => void
}

/** Changes something through the API: `mutate(input)`. Errors stay in `error` for the caller to show. */
export function useAction<P extends Shape, Q extends Shape, B extends Shape, O extends Shape>(
  spec: Endpoint<P, Q, B, O>,
  { invalidates = [], onSuccess, onError }: ActionOptions<Endpoint<P, Q, B, O>> = {},
): UseMutationResult<z.output<O>, Error, Input<Endpoint<P, Q, B, O>>> {
  const cache = useQueryClient()
  return useMutation<z.output<O>, Error, Input<Endpoint<P, Q, B, O>>>({
    mutationFn: (input) => call(spec, input),
    onSuccess: async (output, input) => {
      onSuccess?.(output as Output<Endpoint<P, Q, B, O>>, input)
      await Promise.all(invalidates.map(({ id }) => cache.invalidateQueries({ queryKey: [id] })))
    },
    ...(onError && { onError }),
  })
}
