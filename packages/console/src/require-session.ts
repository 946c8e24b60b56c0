import { ApiError } from '@quarry/schema'
import { redirect } from '@tanstack/react-router'
import { queryClient } from './query-client.ts'
import { sessionOptions } from './session.ts'

/**
 * Lets only those in who are signed in and have a password of their own.
 * @param from the address that they asked for; they come back to it.
 */
export async function requireSession(from: string): Promise<void> {
  const session = await queryClient.ensureQueryData(sessionOptions).catch((error: unknown) => {
    if (error instanceof ApiError && error.code === 'unauthorized')
      throw redirect({ to: '/sign-in', search: { from } })
    throw error
  })
  if (session.mustChangePassword) throw redirect({ to: '/password', search: { from } })
}
