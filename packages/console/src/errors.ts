import { ApiError, AppError } from '@quarry/schema'

/** What to tell a person about an error: one sentence, and an id to quote where the server gave one. */
export interface Trouble {
  message: string
  correlationId?: string
  code?: string
}

/** Turns any error of a call into words. A failed `fetch` is a `TypeError`, an answer of another form a `ZodError`. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof ApiError && error.correlationId !== undefined)
    return { message: error.message, correlationId: error.correlationId, code: error.code }
  if (error instanceof AppError) return { message: error.message, code: error.code }
  if (error instanceof Error && error.name === 'ZodError')
    return {
      message:
        'The server answered in a form that this console does not know. Reload the page; if that does not help, server and console are of different versions.',
    }
  if (error instanceof TypeError)
    return { message: 'The server cannot be reached. Check that it runs and that you are connected to it.' }
  return { message: error instanceof Error ? error.message : String(error) }
}
