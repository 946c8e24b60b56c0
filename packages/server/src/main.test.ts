import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { signInAs } from './testing/person.ts'
import { type ServerProcess, spawnServer } from './testing/server-process.ts'

let folder: string
let data: string
const started: ServerProcess[] = []

function spawned(env: Record<string, string> = {}, secrets?: Record<string, string>): ServerProcess {
  const server = spawnServer({ QUARRY_DATA: data, ...env }, secrets)
  started.push(server)
  return server
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarry-main-'))
  data = join(folder, 'data')
})

afterEach(async () => {
  for (const server of started.splice(0)) {
    server.kill('SIGKILL')
    await server.ended
  }
  rmSync(folder, { recursive: true, force: true })
})

/** Starts a server that must not start and returns its one sentence. */
async function refusal(env: Record<string, string>): Promise<string> {
  const { code, stderr } = await spawned(env).ended
  expect(code).toBe(1)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  return stderr.trim()
}

test('the first start tells the one-time password, the second does not', async () => {
  const first = spawned()
  const { url, firstPassword } = await first.ready
  const person = await signInAs(url, 'admin', firstPassword!)
  expect(person.session.mustChangePassword).toBe(true)
  first.kill('SIGTERM')
  expect(await first.ended).toEqual({ code: 0, stderr: '' })

  const second = await spawned().ready
  expect(second.firstPassword).toBeUndefined()
  await expect(signInAs(second.url, 'admin', firstPassword!)).resolves.toMatchObject({
    session: { account: { username: 'admin', role: 'superAdmin' } },
  })
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends it cleanly, though a connection is open',
  async (signal) => {
    const server = spawned({ QUARRY_ADMIN_PASSWORD: 'correct horse battery' })
    const { url } = await server.ready
    // A connection that is open and silent must not hold the server up.
    const idle = await fetch(`${url}/docs`)
    await idle.text()
    server.kill(signal)
    expect(await server.ended).toEqual({ code: 0, stderr: '' })
  },
)

test('it ends when the launcher is gone', async () => {
  const server = spawned()
  await server.ready
  server.disconnect()
  expect((await server.ended).code).toBe(0)
})

test('a taken port', async () => {
  const blocker = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => blocker.once('listening', resolve))
  const port = String((blocker.address() as { port: number }).port)
  expect(await refusal({ QUARRY_PORT: port })).toBe(
    `Port ${port} of 127.0.0.1 is taken by another program; set QUARRY_PORT to a free one.`,
  )
  blocker.close()
})

test('a data folder that is a file', async () => {
  writeFileSync(data, '')
  expect(await refusal({})).toBe(
    `The data folder ${data} cannot be written (it is not a folder); set QUARRY_DATA to a folder that can.`,
  )
})

test('a data folder where nothing can be made', async () => {
  expect(await refusal({ QUARRY_DATA: '/proc/quarry' })).toMatch(
    /^The data folder \/proc\/quarry cannot be written \(.+\); set QUARRY_DATA to a folder that can\.$/,
  )
})

test('an address of another machine', async () => {
  expect(await refusal({ QUARRY_HOST: '192.0.2.1', QUARRY_BEHIND_PROXY: '1' })).toBe(
    'QUARRY_HOST=192.0.2.1 is not an address of this machine.',
  )
})

test('an address that others reach, without TLS', async () => {
  expect(await refusal({ QUARRY_HOST: '0.0.0.0' })).toMatch(/^QUARRY_HOST=0\.0\.0\.0 can be reached/)
})

test('a certificate that is none', async () => {
  const pem = join(folder, 'cert.pem')
  writeFileSync(pem, 'not a certificate')
  expect(await refusal({ QUARRY_TLS_CERT: pem, QUARRY_TLS_KEY: pem })).toMatch(
    /^QUARRY_TLS_CERT and QUARRY_TLS_KEY .+\.$/,
  )
})

test('a second server on the same data says so, and a killed one leaves no lock behind', async () => {
  const first = spawned()
  await first.ready
  expect(await refusal({})).toBe(`Another Quarry server is using the data folder ${data}.`)
  first.kill('SIGKILL')
  await first.ended
  await expect(spawned().ready).resolves.toMatchObject({ type: 'ready' })
})

test('a data folder that was open to others is closed, and files are private', async () => {
  chmodSync(folder, 0o755)
  data = folder
  await spawned().ready
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  for (const name of ['state.db', 'state.db-wal', 'server.lock']) {
    expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600])
  }
})

test('secrets that come by IPC work and are not in the environment that the kernel shows', async () => {
  const secrets = {
    QUARRY_ADMIN_PASSWORD: 'correct horse battery',
    QUARRY_CLIENT_ID: 'script',
    QUARRY_CLIENT_SECRET: 'a-secret-of-a-script',
  }
  const server = spawned({ QUARRY_SECRETS: 'ipc', QUARRY_LOCAL_AGENT: '1' }, secrets)
  const { url, firstPassword, enrolmentToken } = await server.ready
  expect(firstPassword).toBeUndefined()
  expect(enrolmentToken).toMatch(/^[\w-]{43}$/)
  expect((await signInAs(url, 'admin', secrets.QUARRY_ADMIN_PASSWORD)).session.mustChangePassword).toBe(false)
  const environ = readFileSync(`/proc/${server.pid}/environ`, 'utf8')
  expect(environ).toContain('QUARRY_SECRETS=ipc')
  for (const secret of Object.values(secrets).slice(0, 3)) expect(environ).not.toContain(`=${secret}`)

  const token = await fetch(`${url}/api/v2/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'script',
      client_secret: secrets.QUARRY_CLIENT_SECRET,
      scope: 'token',
    }),
  })
  expect(await token.json()).toMatchObject({ token_type: 'bearer', expires_in: 3600, errorCode: 'success' })
})

test('secrets that a launcher promised and did not send', async () => {
  const server = spawned({ QUARRY_SECRETS: 'ipc' })
  server.disconnect()
  expect(await server.ended).toEqual({
    code: 1,
    stderr: 'QUARRY_SECRETS=ipc is set, but the launcher sent no secrets.\n',
  })
})
