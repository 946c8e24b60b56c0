import { type Call, client } from '@quarry/schema'
import { createToken } from '@quarry/schema/endpoints/oauth'
import { whoami } from '@quarry/schema/endpoints/whoami'
import { UsageError } from './usage-error.ts'

const defaultUrl = 'http://127.0.0.1:8490'

/**
 * Signs in with the client credentials of the environment: `QUARRY_URL` (this machine when unset), `QUARRY_CLIENT_ID` and
 * `QUARRY_CLIENT_SECRET`.
 * @returns a function that makes calls of the API as that client
 * @throws UsageError that says what is missing, or that the server cannot be reached
 */
export async function connect(env: Record<string, string | undefined>): Promise<Call> {
  const url = env.QUARRY_URL || defaultUrl
  const { QUARRY_CLIENT_ID: client_id, QUARRY_CLIENT_SECRET: client_secret } = env
  if (!client_id || !client_secret)
    throw new UsageError(
      'Set QUARRY_CLIENT_ID and QUARRY_CLIENT_SECRET to those of an API client (Settings → API clients).',
    )
  if (!URL.canParse(url)) throw new UsageError(`QUARRY_URL is not an address: ${url}`)
  const headers: Record<string, string> = {}
  const call = client(url, { headers: () => headers })
  try {
    const token = await call(createToken, {
      body: { grant_type: 'client_credentials', client_id, client_secret },
    })
    headers.authorization = `Bearer ${token.access_token}`
  } catch (error) {
    if (error instanceof TypeError)
      throw new UsageError(`No Quarry server answers at ${url}.`, { cause: error })
    throw error
  }
  headers['x-tenant-id'] = (await call(whoami, {})).id
  return call
}
