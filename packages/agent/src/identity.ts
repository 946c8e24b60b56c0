import { readFileSync } from 'node:fs'
import { Id } from '@quarry/schema'
import { z } from 'zod'
import { codeOf, messageOf, StartError } from './start-error.ts'
import { writePrivate } from './write-private.ts'

/** Who this device is to its server. */
export const Identity = z.strictObject({ endpointId: Id, tenantId: Id, server: z.url() })
export type Identity = z.infer<typeof Identity>

/**
 * Reads the identity that enrolment gave.
 * @returns undefined before the first enrolment.
 * @throws StartError when the file is damaged.
 */
export function readIdentity(path: string): Identity | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw new StartError(`The identity ${path} cannot be read: ${messageOf(error)}.`, { cause: error })
  }
  try {
    return Identity.parse(JSON.parse(text))
  } catch (error) {
    throw new StartError(
      `The identity ${path} is damaged. Delete it and enrol again: the same key gets the same device.`,
      { cause: error },
    )
  }
}

/** Keeps the identity for the next start. */
export function writeIdentity(path: string, identity: Identity): void {
  writePrivate(path, `${JSON.stringify(identity)}\n`)
}
