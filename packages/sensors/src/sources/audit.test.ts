import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AuditControl } from '../audit/control.ts'
import { readRef } from '../proc/process-stat.ts'
import { lockAudit } from '../testing/audit-lock.ts'
import { eventually, watch } from '../testing/watch.ts'
import audit from './audit.ts'

const why = whyNot()
/** Another program may have the audit for a moment; its rules and settings are what counts. */
function stateOfAudit() {
  const control = new AuditControl()
  try {
    const { lost: _, ...status } = control.status()
    return { ...status, rules: control.rules().map((rule) => rule.toString('base64')) }
  } finally {
    control.close()
  }
}

function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root'
  try {
    return stateOfAudit().pid === 0 ? undefined : 'another program holds the audit'
  } catch (error) {
    return (error as Error).message
  }
}

if (why) console.warn(`Tests of the audit are skipped: ${why}`)

test.skipIf(why)('tells a program whole, although it is gone at once', async () => {
  using _ = await lockAudit()
  await using watched = await watch(['audit'])
  const long = 'x'.repeat(20_000)
  const child = spawn('/bin/sh', ['-c', 'exit 3', long, 'ü ö "q"'], { cwd: '/tmp' })
  const started = await watched.first('exec', ({ process: { pid } }) => pid === child.pid)
  const program = realpathSync('/bin/sh')
  expect(started).toMatchObject({
    parent: readRef('', process.pid),
    comm: 'sh',
    path: program,
    cmdLine: `/bin/sh -c exit 3 ${long} ü ö "q"`,
    cwd: '/tmp',
    uid: 0,
    euid: 0,
    gid: 0,
    image: { inode: statSync(program).ino, device: statSync(program).dev },
  })
  const made = await watched.first('fork', ({ process: { pid } }) => pid === child.pid)
  expect(made.process).toEqual(started.process)
  const ended = await watched.first('exit', ({ process: { pid } }) => pid === child.pid)
  expect(ended).toMatchObject({ process: started.process, exitCode: 3 })
  expect(watched.events.indexOf(ended)).toBeGreaterThan(watched.events.indexOf(started))
})

test.skipIf(why)('gives the start that /proc tells, and the program behind a script', async () => {
  using _ = await lockAudit()
  await using watched = await watch(['audit'])
  const script = join(watched.stateDir, 'script')
  writeFileSync(script, '#!/bin/sh\nread line\nexit 0\n')
  chmodSync(script, 0o700)
  const child = spawn(script, ['one two'])
  const started = await watched.first(
    'exec',
    ({ process: { pid }, comm }) => pid === child.pid && comm === 'script',
  )
  const program = realpathSync('/bin/sh')
  expect(started).toMatchObject({
    process: readRef('', child.pid!),
    path: program,
    cmdLine: `/bin/sh ${script} one two`,
    image: { inode: statSync(program).ino },
  })
  child.kill('SIGTERM')
  const ended = await watched.first('exit', ({ process: { pid } }) => pid === child.pid)
  expect(ended.exitCode).toBe(143)
})

test.skipIf(why)('tells a connection of a process that ended with it, both addresses and bytes', async () => {
  using _ = await lockAudit()
  await using watched = await watch(['audit'])
  const server = createServer((socket) => void socket.resume().on('error', () => undefined)).listen(
    0,
    '127.0.0.1',
  )
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await watched.first('listen', (event) => event.port === port && event.process?.pid === process.pid)
  const child = spawn('bash', ['-c', `exec 3<>/dev/tcp/127.0.0.1/${port}; printf hello >&3; echo $$`])
  const isIts = (event: { process?: { pid: number } }) => event.process?.pid === child.pid
  const begun = await watched.first('connection', isIts)
  const started = await watched.first('exec', isIts)
  const flow = {
    protocol: 6,
    direction: 'outbound',
    source: '127.0.0.1',
    destination: '127.0.0.1',
    destinationPort: port,
  }
  expect(begun).toMatchObject({ ...flow, process: started.process })
  expect(begun.sourcePort).toBeGreaterThan(1023)
  const ended = await watched.first('flow', isIts)
  expect(ended).toMatchObject({ ...flow, sourcePort: begun.sourcePort, sent: 5 })
  server.close()
  await watched.first('listen', (event) => event.port === port && event.ended)
})

test.skipIf(why)('tells who accepted a connection', async () => {
  using _ = await lockAudit()
  await using watched = await watch(['audit'])
  const code =
    'const s=require("net").createServer(()=>undefined).listen(0,"127.0.0.1",()=>console.log(s.address().port))'
  const child = spawn(process.execPath, ['-e', code])
  const [line] = await once(child.stdout, 'data')
  const port = Number(String(line))
  const client = connect(port, '127.0.0.1')
  await once(client, 'connect')
  const seen = await watched.first(
    'connection',
    ({ direction, destinationPort }) => direction === 'inbound' && destinationPort === port,
  )
  expect(seen).toMatchObject({
    process: readRef('', child.pid!),
    source: '127.0.0.1',
    sourcePort: client.localPort,
    destination: '127.0.0.1',
  })
  client.destroy()
  child.kill('SIGKILL')
})

test.skipIf(why)('puts the audit back when it is closed', async () => {
  using _ = await lockAudit()
  const before = stateOfAudit()
  {
    await using watched = await watch(['audit'])
    expect(watched.sensors.status()[0]?.source).toBe('audit')
    expect(stateOfAudit()).toMatchObject({
      enabled: 1,
      pid: process.pid,
      backlogLimit: 65536,
      backlogWaitTime: 0,
    })
  }
  expect(stateOfAudit()).toEqual(before)
})

test.skipIf(why)('puts the audit back at the next start after a kill', async () => {
  using _ = await lockAudit()
  const before = stateOfAudit()
  const stateDir = mkdtempSync(join(tmpdir(), 'quarry-audit-'))
  const holder = spawn(process.execPath, [join(import.meta.dirname, '../testing/audit-holder.ts'), stateDir])
  const [line] = await once(holder.stdout, 'data')
  expect(JSON.parse(String(line))).toMatchObject({ source: 'audit' })
  expect(stateOfAudit().rules.length).toBeGreaterThan(before.rules.length)
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  expect(stateOfAudit().enabled).toBe(1)
  await using watched = await watch(['proc_poll'], { stateDir })
  expect(watched.logged).toEqual([])
  expect(stateOfAudit()).toEqual(before)
  rmSync(stateDir, { recursive: true, force: true })
})

test.skipIf(why)(
  'reads along while another program holds the audit, or says which rule is missing',
  async () => {
    using _ = await lockAudit()
    const stateDir = mkdtempSync(join(tmpdir(), 'quarry-audit-'))
    const holder = spawn(process.execPath, [
      join(import.meta.dirname, '../testing/audit-holder.ts'),
      stateDir,
    ])
    await once(holder.stdout, 'data')
    {
      await using watched = await watch(['audit'])
      const status = watched.sensors.status()[0]
      expect(status).toMatchObject({ layer: 'process', source: 'audit' })
      expect(status?.limits.join(' ')).toContain(`(process ${holder.pid}) holds the audit`)
      const child = spawn('/bin/true', ['read along'])
      const started = await watched.first('exec', ({ process: { pid } }) => pid === child.pid)
      expect(started.cmdLine).toBe('/bin/true read along')
    }
    // The other's rules are gone, but it holds on: nothing is recorded, and nothing may be added.
    const control = new AuditControl()
    for (const rule of control.rules()) control.delete(rule)
    control.close()
    await using watched = await watch(['audit'])
    const [status] = watched.sensors.status()
    expect(status?.source).toBeUndefined()
    expect(status?.reasons.join(' ')).toContain('-a always,exit -F arch=b64 -S execve,execveat')
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    audit.restore?.({ stateDir, root: '/' } as Parameters<NonNullable<typeof audit.restore>>[0])
    await eventually(() => stateOfAudit().pid === 0, 'an audit without receiver')
    rmSync(stateDir, { recursive: true, force: true })
  },
)
