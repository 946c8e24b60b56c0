import { AppError, type ErrorCode, errors } from '@quarry/schema'
import type { Facts } from '@quarry/schema/agent/facts'
import { enrol as call } from '@quarry/schema/endpoints/agent'
import type { Identity } from './identity.ts'
import { postJson } from './post-json.ts'

export interface Enrolment {
  server: string
  token: string
  publicKey: string
  facts: Facts
  ca?: string
  signal?: AbortSignal
}

/**
 * Buys a device id for the device's key with an enrolment token. The same key again gets the same id.
 * @throws AppError that the server answered (`bad_enrolment_token`, …), or a system error when it cannot be reached.
 */
export async function enrol({ server, token, publicKey, facts, ca, signal }: Enrolment): Promise<Identity> {
  const url = new URL(call.path, server)
  const options = { ...(ca && { ca }), ...(signal && { signal }) }
  const { status, body } = await postJson(url, { token, publicKey, facts }, options)
  if (status === call.status) return { ...call.output.parse(body), server }
  const { error, message } = (body ?? {}) as { error?: string; message?: string }
  const code = error !== undefined && error in errors ? (error as ErrorCode) : 'internal'
  throw new AppError(
    code,
    message ?? `${url.origin} answered ${status} to the enrolment; is it a Quarry server?`,
  )
}
