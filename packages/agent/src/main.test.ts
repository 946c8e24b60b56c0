import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startAgentProcess } from './testing/agent-process.ts'
import { eventually } from './testing/eventually.ts'
import { openPeer, type PeerOptions } from './testing/peer.ts'
import { tempFolder } from './testing/temp-folder.ts'

async function setUp(options?: PeerOptions) {
  const peer = await openPeer(options)
  onTestFinished(() => peer.close())
  return { peer, folder: tempFolder() }
}

const forever = 'WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c'
const count = (to: number) =>
  `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${to}) SELECT n FROM c`
const range = (to: number) => Array.from({ length: to }, (_, index) => index + 1)

/** Processes whose parent is `pid`, by /proc. */
function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number)
}
const alive = (pid: number) => existsSync(`/proc/${pid}`)

test.each([
  [
    { QUARRY_SERVER: 'nonsense' },
    'QUARRY_SERVER must be an address such as https://quarry.example.org, not "nonsense".',
  ],
  [{ QUARRY_CA: '/nowhere.pem' }, 'QUARRY_CA cannot be read'],
  [{ QUARRY_ENROLMENT_TOKEN: '' }, 'This device is not enrolled'],
  [{ QUARRY_ENROLMENT_TOKEN: 'guess' }, 'does not enrol this device: The enrolment token is unknown.'],
])('%o gives one sentence and exit code 1', async (env, sentence) => {
  const { peer, folder } = await setUp()
  const agent = startAgentProcess(folder, peer, env)
  expect(await agent.exited).toBe(1)
  const sentences = agent
    .log()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('{'))
  expect(sentences).toEqual([expect.stringContaining(sentence)])
})

test('a second agent on the same folder says so and ends', async () => {
  const { peer, folder } = await setUp()
  const first = startAgentProcess(folder, peer)
  await peer.welcomed()
  const second = startAgentProcess(folder, peer)
  expect(await second.exited).toBe(1)
  expect(second.log()).toBe(
    `Another agent (process ${first.pid}) uses the folder ${folder}; stop it first.\n`,
  )
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends it and its children, in the middle of a query',
  async (signal) => {
    const { peer, folder } = await setUp()
    const agent = startAgentProcess(folder, peer)
    await peer.welcomed()
    peer.ask(forever)
    await eventually(() => peer.heard.some(({ type }) => type === 'started'))
    const children = childrenOf(agent.pid)
    expect(children.length).toBeGreaterThan(0)
    expect(await agent.end(signal)).toBe(0)
    await eventually(() => !children.some(alive))
  },
)

test('ends with the process that started it, even by kill -9', async () => {
  const { peer, folder } = await setUp()
  const launcher = `
    const { spawn } = await import('node:child_process')
    const agent = spawn(process.execPath, [${JSON.stringify(new URL('./main.ts', import.meta.url).pathname)}],
      { env: { ...process.env, QUARRY_PARENT: '1' }, stdio: 'ignore' })
    console.log(agent.pid)
    setInterval(() => {}, 1000)`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', launcher], {
    env: { QUARRY_SERVER: peer.url, QUARRY_ENROLMENT_TOKEN: 'let-me-in', QUARRY_AGENT_DATA: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(parent.stdout, 'data')
  const pid = Number(line)
  await peer.welcomed()
  expect(alive(pid)).toBe(true)
  parent.kill('SIGKILL')
  await eventually(() => !alive(pid), 6)
})

test('takes its token by a message, so that no environment shows it', async () => {
  const { peer, folder } = await setUp()
  const main = new URL('./main.ts', import.meta.url).pathname
  const agent = spawn(process.execPath, [main], {
    env: { QUARRY_SERVER: peer.url, QUARRY_AGENT_DATA: folder, QUARRY_SECRETS: 'ipc' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  onTestFinished(() => void agent.kill('SIGKILL'))
  agent.send({ type: 'secrets', QUARRY_ENROLMENT_TOKEN: 'let-me-in' })
  const [ready] = await once(agent, 'message')
  expect(peer.devices.has(ready.endpointId)).toBe(true)
  expect(readFileSync(`/proc/${agent.pid}/environ`, 'utf8')).not.toContain('let-me-in')
})

test('its log holds no token', async () => {
  const { peer, folder } = await setUp()
  const agent = startAgentProcess(folder, peer, { QUARRY_LOG_LEVEL: 'trace' })
  await peer.welcomed()
  const run = peer.ask('SELECT 1')
  await peer.ended(run)
  await eventually(() => agent.log().includes('Run ended'))
  expect(agent.log()).not.toContain('let-me-in')
  for (const line of agent.log().trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ part: 'agent' })
})

test('kill -9 with rows stored: the stored rows follow once, then an interrupted end', async () => {
  const { peer, folder } = await setUp({ acknowledge: false })
  const first = startAgentProcess(folder, peer)
  await peer.welcomed()
  // Its first rows come at once; then it goes on for ever.
  const run = peer.ask(`${count(1e12)}`, { limits: { resultRows: 1e9, resultBytes: 1e9 } })
  await eventually(() => peer.batches(run).length >= 2)
  await first.end('SIGKILL')

  peer.acknowledge = true
  startAgentProcess(folder, peer, { QUARRY_ENROLMENT_TOKEN: '' })
  const { end, sequence } = await peer.ended(run)
  expect(end).toMatchObject({ status: 'failed', error: { code: 'interrupted' } })
  const batches = peer.stored(run)
  expect(batches.map((batch) => batch.sequence)).toEqual(range(sequence))
  const rows = batches.flatMap((batch) => batch.rows.map(([n]) => n))
  expect(rows.length).toBeGreaterThan(0)
  expect(rows).toEqual(range(rows.length))
  // What was sent twice was the same both times.
  for (const batch of peer.batches(run)) expect(batch).toEqual(batches[batch.sequence - 1])
})

test('kill -9 before any row: the query runs again, but not for ever', async () => {
  const { peer, folder } = await setUp()
  const runId = '5cd1b1ec-3e6f-4f8c-9d40-1f5a2c1f0d11'
  const started = () => peer.heard.filter(({ type }) => type === 'started').length
  for (const attempt of [1, 2]) {
    const agent = startAgentProcess(folder, peer)
    await peer.welcomed(attempt)
    peer.ask(forever, { runId })
    await eventually(() => started() === attempt)
    await agent.end('SIGKILL')
  }
  startAgentProcess(folder, peer)
  const { end } = await peer.ended(runId)
  expect(end).toMatchObject({
    status: 'failed',
    error: { code: 'interrupted', message: expect.stringContaining('not tried again') },
  })
  expect(started()).toBe(2)
})

test('a clean stop does not count as an attempt', async () => {
  const { peer, folder } = await setUp()
  const runId = '5cd1b1ec-3e6f-4f8c-9d40-1f5a2c1f0d12'
  for (const attempt of [1, 2, 3]) {
    const agent = startAgentProcess(folder, peer)
    await peer.welcomed(attempt)
    peer.ask(forever, { runId })
    await eventually(() => peer.heard.filter(({ type }) => type === 'started').length === attempt)
    await agent.end('SIGTERM')
  }
  expect(peer.batches(runId)).toEqual([])
})

test('a server that forgot a device without a token: it says what to do and does not press', async () => {
  const { peer, folder } = await setUp()
  const first = startAgentProcess(folder, peer)
  await peer.welcomed()
  await first.end('SIGTERM')
  peer.devices.clear()
  const second = startAgentProcess(folder, peer, { QUARRY_ENROLMENT_TOKEN: '' })
  await eventually(() => second.log().includes('start the agent with a new QUARRY_ENROLMENT_TOKEN.'))
  const hellos = () => peer.heard.filter(({ type }) => type === 'hello').length
  const before = hellos()
  await new Promise((done) => setTimeout(done, 1000))
  expect(hellos()).toBe(before)
  expect(second.child.exitCode).toBeNull()
})

test('goes on when nobody reads its log any more', async () => {
  const { peer, folder } = await setUp()
  const agent = startAgentProcess(folder, peer)
  await peer.welcomed()
  agent.child.stderr?.destroy()
  await peer.ended(peer.ask('SELECT 1'))
  await peer.ended(peer.ask('SELECT 2'))
  expect(agent.child.exitCode).toBeNull()
})

test('a damaged key stops the agent with a sentence', async () => {
  const { peer, folder } = await setUp()
  writeFileSync(join(folder, 'device-key.pem'), 'rubbish')
  const agent = startAgentProcess(folder, peer)
  expect(await agent.exited).toBe(1)
  expect(agent.log()).toMatch(/^The device key .* is damaged\..*\n$/)
})
