import { readFileSync } from 'node:fs'
import { Limits, type QueryRequest } from '@quarry/schema/agent/query'
import { z } from 'zod'
import { codeOf, messageOf, StartError } from './start-error.ts'

/** What the owner of a device allows, whatever the server asks: `policy.json` in the agent's folder. */
export const Policy = z.strictObject({
  queries: z.boolean().default(true).describe('Whether the device answers queries at all.'),
  denyTables: z.array(z.string().min(1)).default([]).describe('Tables that no query may name.'),
  networkTables: z
    .boolean()
    .default(false)
    .describe('Whether curl, curl_certificate and prometheus_metrics may reach out of the device.'),
  limits: Limits.partial().default({}).describe('Upper bounds; the lower of these and the server’s hold.'),
  recording: z.boolean().default(true).describe('Whether the device keeps journals of what happens on it.'),
  recordedPerSecond: z
    .int()
    .min(10)
    .max(100_000)
    .default(5000)
    .describe(
      'Events a second that are recorded for ever; of more the least valuable are left out and counted.',
    ),
  parallel: z.int().min(1).max(16).default(2).describe('Queries that run side by side.'),
  outboxBytes: z
    .int()
    .min(1 << 20)
    .default(200 << 20)
    .describe('Disk for rows that the server has not acknowledged.'),
})
export type Policy = z.infer<typeof Policy>

/**
 * Reads the local policy; a missing file is the default policy.
 * @throws StartError when it cannot be read or is none: running without it would allow what the owner forbids.
 */
export function readPolicy(path: string): Policy {
  let text = '{}'
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) !== 'ENOENT')
      throw new StartError(`The policy ${path} cannot be read: ${messageOf(error)}.`, { cause: error })
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new StartError(`The policy ${path} is not JSON: ${messageOf(error)}.`, { cause: error })
  }
  const parsed = Policy.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new StartError(`The policy ${path} is wrong at "${issue?.path.join('.')}": ${issue?.message}.`)
}

/** Returns why the policy refuses a query, as a sentence, or undefined when it may run. */
export function refusal(policy: Policy, sql: string): string | undefined {
  if (!policy.queries) return 'The policy of this device allows no queries.'
  // An SQL name cannot be written in pieces, so a word search misses none; a name inside a string is refused too.
  const words = new Set(sql.toLowerCase().match(/\w+/g))
  const denied = policy.denyTables.find((table) => words.has(table.toLowerCase()))
  return denied && `The policy of this device does not allow the table ${denied}.`
}

/** Returns the request with the lower of its own limits and those of the policy. */
export function limited(policy: Policy, request: QueryRequest): QueryRequest {
  const limits = { ...request.limits }
  for (const [name, bound] of Object.entries(policy.limits) as [keyof Limits, number | undefined][])
    if (bound !== undefined) limits[name] = Math.min(limits[name], bound)
  return { ...request, limits }
}
