import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startQuarry, waitForDevices } from '@quarry/devkit'
import { createEnrolmentToken } from '@quarry/schema/endpoints/enrolment-tokens'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lockAudit } from '../packages/sensors/src/testing/audit-lock.ts'
import { answersOf, type RecordingDevice, startRecordingDevice } from './recording-device.ts'

const why = process.getuid?.() === 0 ? undefined : 'needs root'
const because = (reason: string | undefined) => (reason ? ` (skipped: ${reason})` : '')
const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

interface Case {
  sources: string[]
  /** Seconds that the program lives: as short as the source can see whole. */
  lives: string
  /** By layer: the source that is at work. */
  watched: Record<string, string | undefined>
  exitCode: number | null
  /** Whether it counts the bytes of a connection. */
  bytes: boolean
}

const cases: Case[] = [
  {
    sources: ['audit', 'utmp'],
    lives: '0',
    watched: { process: 'audit', network: 'audit', dns: undefined, file: undefined },
    exitCode: 7,
    bytes: true,
  },
  {
    sources: ['proc_connector', 'inet_diag', 'fanotify'],
    lives: '0.2',
    watched: { process: 'proc_connector', network: 'inet_diag', file: 'fanotify', web: undefined },
    exitCode: 7,
    bytes: true,
  },
  {
    sources: ['proc_poll'],
    lives: '2.2',
    watched: { process: 'proc_poll', network: 'proc_poll', file: undefined, login: undefined },
    exitCode: null,
    bytes: false,
  },
]

describe.skipIf(why)(`a device that may not use the best sources${because(why)}`, () => {
  let device: RecordingDevice
  let audit: Disposable
  beforeAll(async () => {
    audit = await lockAudit()
    device = await startRecordingDevice(['kernel'])
  })
  afterAll(async () => {
    await device?.[Symbol.asyncDispose]()
    audit?.[Symbol.dispose]()
  })

  test.each(cases)('records by $sources, and says so', { timeout: 60_000 }, async (one) => {
    const [first] = one.sources
    await device.restart(one.sources)
    const told = await device.told(
      ({ state, sensors }) => state === 'recording' && sensors[0]?.source === first,
    )
    const sources = Object.fromEntries(told.sensors.map(({ layer, source }) => [layer, source]))
    expect(sources).toMatchObject(one.watched)
    expect(told.sensors[0]!.limits.length).toBeGreaterThan(0)

    const answer = 'z'.repeat(777)
    const server = createServer((socket) => socket.once('data', () => socket.end(answer)))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const script = `exec 3<>/dev/tcp/127.0.0.1/${port}; printf abc >&3; read line <&3; sleep ${one.lives}; exit 7`
    const args = ['-c', script, `--mark=${first}`, 'y'.repeat(5000)]
    const child = spawn('/bin/bash', args, { stdio: 'ignore' })
    await once(child, 'exit')
    server.close()
    const row = await device.row(`SELECT * FROM sophos_process_journal
      WHERE time > 0 AND pid = ${child.pid} AND cmd_line LIKE '%--mark=${first} %' AND end_time > 0`)
    expect(row).toMatchObject({
      parent_pid: process.pid,
      path: realpathSync('/bin/bash'),
      cmd_line: ['/bin/bash', ...args].join(' '),
      uid: 0,
      sha256: hash('/bin/bash'),
    })
    const ends = await device.rows(
      `SELECT exit_code FROM sophos_process_journal WHERE time > 0 AND event_type = 1 AND sophos_pid = '${row.sophos_pid}'`,
    )
    expect(ends).toMatchObject([{ exit_code: one.exitCode }])
    const to = `destination_port = ${port} AND direction = 'outbound'`
    const began = await device.row(`SELECT * FROM sophos_ip_journal WHERE time > 0 AND ${to}`)
    expect(began).toMatchObject({ source: '127.0.0.1', destination: '127.0.0.1' })
    if (!one.bytes) return
    const flow = await device.row(`SELECT * FROM sophos_network_journal WHERE time > 0 AND ${to}`)
    expect(flow).toMatchObject({ source_port: began.source_port, data_sent: 3 })
    // The kernel counts the end of a connection as a byte, and does not tell sock_diag whether it came.
    expect([777, 778]).toContain(flow.data_recv)
  })
})

const unreadable =
  why ?? (spawnAsNobody('-e', '0').status === 0 ? undefined : 'the user nobody cannot read this folder')

function spawnAsNobody(...args: string[]) {
  return spawnSync(process.execPath, args, { uid: 65534, gid: 65534, cwd: '/', stdio: 'ignore' })
}

test.skipIf(unreadable)(
  `without root the agent answers, records what /proc shows and says what is missing${because(unreadable)}`,
  { timeout: 60_000 },
  async () => {
    await using quarry = await startQuarry({ agents: 0 })
    const { secret } = await quarry.call(createEnrolmentToken, { body: { name: 'nobody' } })
    const folder = mkdtempSync(join(tmpdir(), 'quarry-nobody-'))
    chownSync(folder, 65534, 65534)
    const main = join(import.meta.dirname, '../packages/agent/src/main.ts')
    const agent = spawn(process.execPath, [main], {
      uid: 65534,
      gid: 65534,
      env: {
        QUARRY_SERVER: quarry.url,
        QUARRY_ENROLMENT_TOKEN: secret,
        QUARRY_AGENT_DATA: join(folder, 'agent'),
      },
      stdio: 'ignore',
    })
    try {
      const device = answersOf(quarry)
      await waitForDevices(quarry.call, 1)
      await device.begun(0)
      const { sensors } = await device.told(({ state }) => state === 'recording')
      const by = Object.fromEntries(sensors.map((one) => [one.layer, one]))
      // Newer kernels tell anybody of processes, older ones only root.
      expect(['proc_connector', 'proc_poll']).toContain(by.process!.source)
      expect(by.process!.reasons.join(' ')).toMatch(/root/)
      expect(by.process!.limits.join(' ')).toMatch(/root/)
      expect(by.file!.source).toBe('inotify')
      expect(by.file!.limits.join(' ')).toMatch(/Which process changed a file is not told/)
      expect(by.file!.reasons.join(' ')).toMatch(/root/)

      const child = spawn('/bin/sleep', ['2.2'], { uid: 65534, gid: 65534 })
      await once(child, 'exit')
      const row = await device.row(
        `SELECT * FROM sophos_process_journal WHERE time > 0 AND pid = ${child.pid} AND end_time > 0`,
      )
      expect(row).toMatchObject({
        path: realpathSync('/bin/sleep'),
        cmd_line: '/bin/sleep 2.2',
        username: 'nobody',
        sha256: hash('/bin/sleep'),
        parent_pid: process.pid,
      })
    } finally {
      agent.kill('SIGKILL')
      await once(agent, 'exit')
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    }
  },
)
