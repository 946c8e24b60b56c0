// Connections that no 64-bit system call of their own tells of.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Here, openHere, processNow, whyNoBpf } from './testing/open-here.ts'

const why = whyNoBpf()
const folder = mkdtempSync(join(tmpdir(), 'quarry-ways-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Builds a test program. Returns why not, or where it is. */
function build(name: string, ...options: string[]): { skipped: string } | { program: string } {
  const program = join(folder, name)
  const source = fileURLToPath(new URL(`./testing/${name}.c`, import.meta.url))
  const { status, stderr, error } = spawnSync('cc', [...options, '-o', program, source], { encoding: 'utf8' })
  return status === 0 ? { program } : { skipped: `cc: ${error?.message ?? stderr.split('\n')[0]}` }
}

/** Connects and reads to the end; tried again until somebody listens. */
async function read(port: number): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    const socket = connect(port, '127.0.0.1')
    try {
      await once(socket, 'connect')
    } catch (error) {
      if (attempt > 200) throw error
      await new Promise((resolve) => setTimeout(resolve, 10))
      continue
    }
    let text = ''
    socket.on('data', (bytes) => {
      text += String(bytes)
    })
    await once(socket, 'close')
    return text
  }
}

describe.skipIf(why)(`network by BPF, by other ways${why ? ` (skipped: ${why})` : ''}`, () => {
  let here: Here
  beforeAll(async () => {
    here = await openHere()
  })
  afterAll(async () => {
    await here.close()
  })

  test('a 32-bit program that listens and accepts', async ({ skip }) => {
    if (process.arch !== 'x64') skip('This machine has other 32-bit programs.')
    const options = ['-m32', '-nostdlib', '-static', '-fno-stack-protector', '-fno-pic']
    const built = build('accept-32-bit', ...options)
    if ('skipped' in built) return skip(built.skipped)
    const child = spawn(built.program, { stdio: 'ignore' })
    expect(await read(45_361)).toBe('hi')
    const listen = await here.event('listen', ({ port, ended }) => port === 45_361 && !ended)
    expect(listen).toMatchObject({ protocol: 6, address: '127.0.0.1', process: { pid: child.pid } })
    const wanted = (event: { destinationPort: number; direction: string }) =>
      event.destinationPort === 45_361 && event.direction === 'inbound'
    const connection = await here.event('connection', wanted)
    expect(connection).toMatchObject({ source: '127.0.0.1', process: { pid: child.pid } })
    const flow = await here.event('flow', wanted)
    expect(flow).toMatchObject({
      sent: 2,
      received: 0,
      startedAt: connection.at,
      process: { pid: child.pid },
    })
  })

  test('what is accepted through io_uring is told when it ends', async ({ skip }) => {
    const built = build('accept-by-ring')
    if ('skipped' in built) return skip(built.skipped)
    const child = spawn(built.program, { stdio: ['ignore', 'pipe', 'ignore'] })
    const [said] = (await once(child.stdout, 'data')) as [Buffer]
    if (String(said) !== 'ready\n') return skip('io_uring is not allowed here.')
    expect(await read(45_362)).toBe('hi')
    const flow = await here.event(
      'flow',
      (event) => event.destinationPort === 45_362 && event.direction === 'inbound',
    )
    expect(flow).toMatchObject({ sent: 2, received: 0, source: '127.0.0.1', process: { pid: child.pid } })
    expect(flow.startedAt).toBeLessThanOrEqual(flow.at)
  })
})

test.skipIf(why)(
  'the end of a connection that is older than the sensors, with the bytes of its whole life',
  async () => {
    const server = createServer((socket) => socket.on('data', () => socket.write('answer')))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write('question')
    await once(socket, 'data')

    const before = Date.now()
    const here = await openHere()
    socket.end()
    await once(socket, 'close')
    const flow = await here.event(
      'flow',
      (event) => event.destinationPort === port && event.direction === 'outbound',
    )
    expect(flow).toMatchObject({
      ...{ protocol: 6, source: '127.0.0.1', destination: '127.0.0.1', sent: 8, received: 6 },
      process: processNow(process.pid),
    })
    // Since when it is, nobody saw: at least as long as somebody looks.
    expect(flow.startedAt).toBeGreaterThanOrEqual(before)
    await here.close()
    server.close()
  },
)
