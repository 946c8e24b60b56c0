import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Call, client } from '@quarry/schema'
import { createEnrolmentToken } from '@quarry/schema/endpoints/enrolment-tokens'
import { createToken } from '@quarry/schema/endpoints/oauth'
import { whoami } from '@quarry/schema/endpoints/whoami'
import { type Part, startPart } from './part.ts'

/** A whole Quarry on this machine: a server and agents, each a process of its own, with its data in a temporary folder. */
export interface Quarry extends AsyncDisposable {
  readonly url: string
  readonly folder: string
  /** Makes calls of the API as an API client with the role of an administrator. */
  readonly call: Call
  /** Headers of such a call, for `fetch`. */
  readonly headers: () => Record<string, string>
  readonly admin: { username: string; password: string }
  readonly clientCredentials: { id: string; secret: string }
  readonly server: Part
  readonly agents: Part[]
  /** Starts the server again on the same data and port; `kill` or `stop` it first. */
  restartServer(): Promise<void>
  /** Starts an agent again on the same data. */
  restartAgent(index: number): Promise<void>
}

export interface QuarryOptions {
  agents?: number
  /** More environment for the server. */
  serverEnv?: Record<string, string>
  agentEnv?: Record<string, string>
}

const admin = { username: 'admin', password: 'correct horse battery' }
const clientCredentials = { id: 'devkit', secret: 'devkit-secret-of-one-test' }

/** Starts a server and its agents, and signs in. Dispose of it (`await using`) to end the processes and remove the data. */
export async function startQuarry(options: QuarryOptions = {}): Promise<Quarry> {
  const folder = mkdtempSync(join(tmpdir(), 'quarry-devkit-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const headers: Record<string, string> = {}
  const call = client(url, { headers: () => headers })
  const agents: Part[] = []
  let server: Part

  const startServer = async () => {
    const started = await startPart<{ url: string }>({
      main: 'server/src/main.ts',
      env: { QUARRY_PORT: String(port), QUARRY_DATA: join(folder, 'server'), ...options.serverEnv },
      secrets: {
        QUARRY_ADMIN_PASSWORD: admin.password,
        QUARRY_CLIENT_ID: clientCredentials.id,
        QUARRY_CLIENT_SECRET: clientCredentials.secret,
      },
    })
    server = started.part
  }
  const startAgent = async (index: number, token?: string) => {
    const { part } = await startPart({
      main: 'agent/src/main.ts',
      env: {
        QUARRY_SERVER: url,
        QUARRY_AGENT_DATA: join(folder, `agent-${index}`),
        QUARRY_HIDDEN_FOLDERS: folder,
        QUARRY_PARENT: '1',
        // Most tests are about something else.
        QUARRY_RECORDING: 'off',
        ...options.agentEnv,
      },
      secrets: { QUARRY_ENROLMENT_TOKEN: token },
    })
    agents[index] = part
  }
  const dispose = async () => {
    await Promise.all([...agents, server].filter(Boolean).map((part) => part.stop()))
    rmSync(folder, { recursive: true, force: true })
  }

  try {
    await startServer()
    Object.assign(headers, await signIn(call, headers))
    const count = options.agents ?? 1
    if (count > 0) {
      const body = { name: 'devkit', maxUses: count }
      const { secret } = await call(createEnrolmentToken, { body })
      await Promise.all(Array.from({ length: count }, (_, index) => startAgent(index, secret)))
    }
  } catch (error) {
    await dispose()
    throw error
  }
  return {
    url,
    folder,
    call,
    headers: () => headers,
    admin,
    clientCredentials,
    agents,
    get server() {
      return server
    },
    restartServer: startServer,
    restartAgent: (index) => startAgent(index),
    [Symbol.asyncDispose]: dispose,
  }
}

async function signIn(call: Call, headers: Record<string, string>): Promise<Record<string, string>> {
  const { id, secret } = clientCredentials
  const { access_token } = await call(createToken, {
    body: { grant_type: 'client_credentials', client_id: id, client_secret: secret },
  })
  headers.authorization = `Bearer ${access_token}`
  return { 'x-tenant-id': (await call(whoami, {})).id }
}

/** A port that is free now; the server takes it in a moment. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => probe.once('listening', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}
