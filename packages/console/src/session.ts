import type { Permission } from '@quarry/schema'
import { getSession, type Session } from '@quarry/schema/endpoints/session'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { call, callKey } from './api.ts'
import { queryClient } from './query-client.ts'
import { keepCsrfToken } from './session-token.ts'

/** Who is signed in; also keeps the CSRF token for the calls that change something. */
export const sessionOptions = queryOptions<Session>({
  queryKey: callKey(getSession, {}),
  queryFn: async ({ signal }) => {
    const session = await call(getSession, {}, { signal })
    keepCsrfToken(session.csrfToken)
    return session
  },
  staleTime: 60_000,
  retry: false,
})

/** Takes over the session that a sign-in or a change of password answered with. */
export function enterSession(session: Session): void {
  keepCsrfToken(session.csrfToken)
  queryClient.setQueryData(sessionOptions.queryKey, session)
}

/** Forgets the session and everything that was read with it. */
export function leaveSession(): void {
  keepCsrfToken(undefined)
  queryClient.clear()
}

/** The session of the one who is signed in. Only inside the app shell. */
export function useSession(): Session {
  return useSuspenseQuery(sessionOptions).data
}

/** Whether the one who is signed in may do this. Only inside the app shell. */
export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission)
}
