import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Call, client } from '@quarry/schema'
import { createEnrolmentToken } from '@quarry/schema/endpoints/enrolment-tokens'
import { createToken } from '@quarry/schema/endpoints/oauth'
import { whoami } from '@quarry/schema/endpoints/whoami'
import { type Server, startServer } from '@quarry/server'
import { enrolTestDevice, type TestDevice } from './test-device.ts'

export interface TestServer extends AsyncDisposable {
  readonly url: string
  readonly folder: string
  /** Calls the API as a program with the rights of an administrator. */
  readonly call: Call
  readonly headers: Record<string, string>
  /** Enrols a device; it is not yet linked. */
  device(
    hostname: string,
    facts?: Parameters<typeof enrolTestDevice>[3],
    keys?: Parameters<typeof enrolTestDevice>[4],
  ): Promise<TestDevice>
  /** Stops the server and starts it again on the same data and port. @param meanwhile done while it is down */
  restart(meanwhile?: () => void | Promise<void>): Promise<void>
}

const credentials = { id: 'test', secret: 'test-secret-for-this-test' }

/** Starts a real server in this process, on a port of its own; its folder is removed at the end. */
export async function startTestServer(
  folder: string = mkdtempSync(join(tmpdir(), 'quarry-server-')),
): Promise<TestServer> {
  const start = (port: number) =>
    startServer({
      data: folder,
      port,
      client: credentials,
      logLevel: process.env.QUARRY_LOG_LEVEL ?? 'fatal',
    })
  let server: Server = await start(0)
  const { url } = server
  const headers: Record<string, string> = {}
  const call = client(url, { headers: () => headers })
  const signIn = async () => {
    const { access_token } = await call(createToken, {
      body: {
        grant_type: 'client_credentials',
        client_id: credentials.id,
        client_secret: credentials.secret,
      },
    })
    headers.authorization = `Bearer ${access_token}`
    headers['x-tenant-id'] = (await call(whoami, {})).id
  }
  await signIn()
  const { secret } = await call(createEnrolmentToken, { body: { name: 'test', maxUses: 10_000 } })
  const devices: TestDevice[] = []

  return {
    url,
    folder,
    call,
    headers,
    async device(hostname, facts, keys) {
      const device = await enrolTestDevice(url, secret, hostname, facts, keys)
      devices.push(device)
      return device
    },
    async restart(meanwhile) {
      await server.close()
      await meanwhile?.()
      server = await start(Number(new URL(url).port))
    },
    async [Symbol.asyncDispose]() {
      for (const device of devices) device.cut()
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
