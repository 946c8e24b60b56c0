import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cannotMakeNamespaces, makeNamespace } from './namespace.ts'
import { type RecordingDevice, startRecordingDevice } from './recording-device.ts'

const why = process.getuid?.() === 0 ? undefined : 'needs root: others may not see what happens'
const because = (reason: string | undefined) => (reason ? ` (skipped: ${reason})` : '')

/** Talks to itself over TCP and says what it counted. */
const talk = (address: string) => `
const net = require('node:net')
const server = net.createServer((socket) => socket.once('data', () => socket.end('y'.repeat(4321)))).listen(0, '${address}', () => {
  const socket = net.connect(server.address().port, '${address}', () => {
    const own = socket.localPort
    socket.write('x'.repeat(1234))
    socket.resume().on('close', () => {
      console.log(JSON.stringify({ pid: process.pid, own, port: server.address().port, sent: socket.bytesWritten, received: socket.bytesRead }))
      server.close()
    })
  })
})`

const authLog = '/var/log/auth.log'
/** Without a syslog daemon there is no log, and the test makes one for its time. */
const ownLog = !why && !existsSync(authLog)

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

describe.skipIf(why)(`a device that records${because(why)}`, { timeout: 60_000 }, () => {
  let device: RecordingDevice
  let folder: string
  let since: number
  let own: unknown

  beforeAll(async () => {
    if (ownLog) writeFileSync(authLog, '', { mode: 0o640 })
    folder = mkdtempSync(join(tmpdir(), 'quarry-recording-test-'))
    device = await startRecordingDevice()
    since = Math.floor(Date.now() / 1000) - 1
    const live = await device.row(
      `SELECT sophos_pid FROM sophos_process_properties WHERE pid = ${process.pid}`,
    )
    own = live.sophos_pid
  })
  afterAll(async () => {
    await device?.[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
    if (ownLog) rmSync(authLog)
  })

  test('a process of a few milliseconds is there whole: who, what, from where and for how long', async () => {
    const program = realpathSync('/bin/true')
    const args = [`--text=${'ä "quoted" \\ word '.repeat(300)}`, '--mark=brief']
    const before = Date.now()
    const { pid } = spawnSync('/bin/true', args, { uid: 65534, gid: 65534, cwd: '/usr' })
    const after = Date.now()
    const row = await device.row(`SELECT p.*, l.pid AS live FROM sophos_process_journal p
      LEFT JOIN processes l ON l.pid = p.pid AND l.path = p.path
      WHERE p.time > ${since} AND event_type = 0 AND cmd_line LIKE '%--mark=brief' AND end_time > 0`)
    expect(row).toMatchObject({
      pid,
      parent_sophos_pid: own,
      parent_pid: process.pid,
      process_name: 'true',
      path: program,
      cmd_line: ['/bin/true', ...args].join(' '),
      cwd: '/usr',
      uid: 65534,
      euid: 65534,
      gid: 65534,
      username: 'nobody',
      sha256: sha256(program),
      file_size: readFileSync(program).length,
      origin: '',
      live: null,
    })
    expect(String(row.cmd_line).length).toBeGreaterThan(4096)
    const started = Number(String(row.sophos_pid).split(':')[1]) / 10_000 - 11_644_473_600_000
    // The kernel counts starts in steps of 10 ms.
    expect(started).toBeGreaterThan(before - 20)
    expect(started).toBeLessThan(after + 20)
    for (const time of [row.time, row.end_time]) {
      expect(Number(time)).toBeGreaterThanOrEqual(Math.floor(before / 1000))
      expect(Number(time)).toBeLessThanOrEqual(Math.ceil(after / 1000))
    }
    const end = await device.row(
      `SELECT * FROM sophos_process_journal WHERE time > ${since} AND event_type = 1 AND sophos_pid = '${row.sophos_pid}'`,
    )
    expect(end).toMatchObject({ path: program, exit_code: 0, cmd_line: '', uid: 65534 })
    expect(Number(end.peak_memory)).toBeGreaterThan(100_000)
  })

  const noNamespace = cannotMakeNamespaces()
  test.each([
    ['on loopback', '127.0.0.1', undefined],
    [`in a network namespace of its own${because(noNamespace)}`, '203.0.113.9', noNamespace ?? makeNamespace],
  ])('a connection %s has both ports, and the bytes that the program counted', async (_, address, make) => {
    if (typeof make === 'string') return
    await using namespace = make?.(address)
    const args = ['-e', talk(address)]
    const output =
      namespace?.run(process.execPath, ...args) ?? execFileSync(process.execPath, args, { encoding: 'utf8' })
    const { pid, own: ownPort, port, sent, received } = JSON.parse(output)
    expect([sent, received]).toEqual([1234, 4321])
    const flows = await device.rows(
      `SELECT n.*, p.path, p.parent_pid FROM sophos_network_journal n
        JOIN sophos_process_journal p ON p.sophos_pid = n.sophos_pid AND p.event_type = 0 AND p.time > ${since} AND p.process_name = 'node'
        WHERE n.time > ${since} AND n.pid = ${pid} AND n.destination_port = ${port} ORDER BY n.direction`,
      2,
    )
    const flow = {
      protocol: 6,
      source: address,
      source_port: ownPort,
      destination: address,
      destination_port: port,
      path: realpathSync(process.execPath),
      parent_pid: process.pid,
    }
    expect(flows).toMatchObject([
      { ...flow, direction: 'inbound', data_sent: received, data_recv: sent },
      { ...flow, direction: 'outbound', data_sent: sent, data_recv: received },
    ])
    const began = await device.rows(
      `SELECT DISTINCT direction FROM sophos_ip_journal WHERE time > ${since} AND pid = ${pid}
        AND source_port = ${ownPort} AND destination_port = ${port} AND destination = '${address}' ORDER BY direction`,
      2,
    )
    expect(began.map(({ direction }) => direction)).toEqual(['inbound', 'outbound'])
    const listening = await device.rows(
      `SELECT event_type, address FROM quarry_listen_journal WHERE time > ${since} AND pid = ${pid} AND port = ${port} ORDER BY event_type`,
      2,
    )
    expect(listening).toMatchObject([
      { event_type: 0, address },
      { event_type: 1, address },
    ])
  })

  test('a file that is dropped, run and deleted has one hash in the journals of files and of processes', async () => {
    const path = join(folder, 'dropped')
    // A program like no other: it ends like /bin/sleep, and what follows it does no harm.
    const program = Buffer.concat([readFileSync('/bin/sleep'), Buffer.from(`dropped ${Date.now()}`)])
    writeFileSync(path, program)
    chmodSync(path, 0o755)
    const child = spawn(path, ['0.4'], { stdio: 'ignore' })
    await once(child, 'exit')
    rmSync(path)
    const hash = createHash('sha256').update(program).digest('hex')
    const ran = await device.row(
      `SELECT * FROM sophos_process_journal WHERE time > ${since} AND path = '${path}' AND event_type = 0`,
    )
    expect(ran).toMatchObject({
      sha256: hash,
      pid: child.pid,
      parent_sophos_pid: own,
      file_size: program.length,
    })
    await device.row(
      `SELECT * FROM sophos_file_journal WHERE time > ${since} AND path = '${path}' AND event_type = 2`,
    )
    const changes = await device.rows(
      `SELECT event_type, sophos_pid, sha256, subject, file_id FROM sophos_file_journal WHERE time > ${since} AND path = '${path}' ORDER BY rowid`,
    )
    expect(changes[0]).toMatchObject({
      event_type: 0,
      sophos_pid: own,
      sha256: hash,
      subject: 'FileBinaryChanges',
    })
    expect(changes.at(-1)).toMatchObject({
      event_type: 2,
      sophos_pid: own,
      file_id: changes[0]!.file_id,
    })
    const hashes = await device.rows(
      `SELECT DISTINCT sha256, file_size FROM sophos_file_hash_journal WHERE time > ${since} AND path = '${path}'`,
    )
    expect(hashes).toMatchObject([{ sha256: hash, file_size: program.length }])
  })

  test('a process has the sophos_pid of the live tables, also one that ran before', async () => {
    await using late = await sleeper()
    for (const pid of [late.pid, process.pid]) {
      // A pid is given again on a busy machine, so the journal is asked for more than it.
      const rows = await device.rows(`SELECT DISTINCT l.pid, l.sophos_pid
        FROM sophos_process_properties l JOIN sophos_process_journal j ON j.sophos_pid = l.sophos_pid
        WHERE l.pid = ${pid} AND j.time > 0 AND j.event_type = 0 AND j.pid = ${pid}`)
      expect(rows).toMatchObject([{ pid }])
    }
  })

  test('sign-ins that sshd and su write to the auth log', async (context) => {
    const { sensors } = await device.told(({ sensors }) => sensors.length > 0)
    const { source } = sensors.find(({ layer }) => layer === 'login')!
    if (source !== 'auth_log') return context.skip(`sign-ins are read by ${source} here, not from a log file`)
    const line = (text: string) => `${new Date().toISOString()} host ${text}\n`
    appendFileSync(
      authLog,
      line(
        'sshd[999999999]: Failed password for invalid user quarry-guest from 203.0.113.7 port 50022 ssh2',
      ) +
        line('sshd[999999999]: Accepted publickey for quarry-admin from 203.0.113.7 port 50023 ssh2') +
        line('su[999999999]: (to quarry-root) quarry-admin on pts/7'),
    )
    const rows = await device.rows(
      `SELECT event_type, username, source, json_extract(data, '$.processName') AS program, json_extract(data, '$.subjectUserName') AS subject
        FROM sophos_winsec_journal WHERE time > ${since} AND username LIKE 'quarry-%' ORDER BY time, rowid`,
      3,
    )
    expect(rows).toMatchObject([
      { event_type: 4625, username: 'quarry-guest', source: '203.0.113.7', program: 'sshd' },
      { event_type: 4624, username: 'quarry-admin', source: '203.0.113.7', program: 'sshd' },
      { event_type: 4648, username: 'quarry-root', source: null, program: 'su', subject: 'quarry-admin' },
    ])
  })

  // On a busy machine a sandbox may have ended before the change that it made is read: then nobody knows that it was one.
  test('nothing of the agent itself is in the journals', async () => {
    const agent = device.quarry.agents[0]!.pid
    const rows = await device.rows(
      `SELECT (SELECT count(*) FROM sophos_process_activity WHERE time > ${since} AND pid = ${agent}) AS own,
        (SELECT count(*) FROM sophos_process_journal WHERE time > ${since} AND parent_pid = ${agent}) AS children,
        (SELECT count(*) FROM sophos_file_journal WHERE time > ${since} AND path LIKE '${device.quarry.folder}/agent-0/%'
          AND sophos_pid IS NOT NULL) AS files`,
    )
    expect(rows).toMatchObject([{ own: 0, children: 0, files: 0 }])
  })
})

async function sleeper() {
  const child = spawn('/bin/sleep', ['60'])
  await once(child, 'spawn')
  return {
    pid: child.pid!,
    async [Symbol.asyncDispose]() {
      child.kill()
      await once(child, 'exit')
    },
  }
}
