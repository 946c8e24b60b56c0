import { z } from 'zod'
import { StartError } from './start-error.ts'

const Secrets = z.object({ type: z.literal('secrets'), QUARRY_ENROLMENT_TOKEN: z.string().optional() })

/**
 * Waits for the one message with secrets from the process that started this one, so that they never stand in an environment,
 * which every table of processes could show.
 * @throws StartError when no message comes within 10 s, or another.
 */
export async function receiveSecrets(): Promise<z.infer<typeof Secrets>> {
  if (!process.send) throw new StartError('QUARRY_SECRETS=ipc needs a parent process with a channel.')
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const late = setTimeout(() => reject(new StartError('No secrets came from the parent process.')), 10_000)
  process.once('message', resolve)
  try {
    const message = Secrets.safeParse(await promise)
    if (!message.success) throw new StartError('The parent process sent something else than secrets.')
    return message.data
  } finally {
    clearTimeout(late)
  }
}
