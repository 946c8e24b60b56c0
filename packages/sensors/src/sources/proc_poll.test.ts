import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { realpathSync, statSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { readRef } from '../proc/process-stat.ts'
import { eventually, watch } from '../testing/watch.ts'

const statusOf = (watched: Awaited<ReturnType<typeof watch>>, layer: string) =>
  watched.sensors.status().find((status) => status.layer === layer)

test('tells what runs already, what starts and what ends, with the real start and parent', async () => {
  await using watched = await watch(['proc_poll'])
  const self = await watched.first('exec', ({ process: { pid } }) => pid === process.pid)
  expect(self).toMatchObject({
    found: true,
    process: readRef('', process.pid),
    path: realpathSync(process.execPath),
  })

  const child = spawn('sleep', ['1000', '0.5'], { cwd: '/tmp' })
  const ref = await eventually(() => readRef('', child.pid!), 'a child')
  const started = await watched.first(
    'exec',
    ({ process: { pid }, comm }) => pid === child.pid && comm === 'sleep',
  )
  const program = realpathSync('/bin/sleep')
  expect(started).toMatchObject({
    process: ref,
    parent: readRef('', process.pid),
    path: program,
    cmdLine: 'sleep 1000 0.5',
    cwd: '/tmp',
    uid: process.getuid?.(),
    euid: process.geteuid?.(),
    gid: process.getgid?.(),
    image: { inode: statSync(program).ino, device: statSync(program).dev, size: statSync(program).size },
  })
  expect(started.found).toBeUndefined()
  child.kill('SIGKILL')
  const ended = await watched.first('exit', ({ process: { pid } }) => pid === child.pid)
  expect(ended.process).toEqual(ref)
})

test('tells connections of both sides and listening sockets with their process', async () => {
  await using watched = await watch(['proc_poll'])
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const listening = await watched.first('listen', (event) => event.port === port)
  expect(listening).toMatchObject({
    process: readRef('', process.pid),
    address: '127.0.0.1',
    protocol: 6,
    ended: false,
  })

  const client = connect(port, '127.0.0.1')
  await once(client, 'connect')
  const flow = {
    source: '127.0.0.1',
    sourcePort: client.localPort,
    destination: '127.0.0.1',
    destinationPort: port,
  }
  for (const direction of ['outbound', 'inbound'] as const) {
    const seen = await watched.first(
      'connection',
      (event) => event.destinationPort === port && event.direction === direction,
    )
    expect(seen).toMatchObject({ ...flow, protocol: 6, process: readRef('', process.pid) })
  }
  client.destroy()
  server.close()
  await watched.first('listen', (event) => event.port === port && event.ended)
})

test('says what is missing, and that nobody watches the other layers', async () => {
  await using watched = await watch(['proc_poll'])
  expect(statusOf(watched, 'process')).toMatchObject({ source: 'proc_poll', reasons: [], lost: 0 })
  expect(statusOf(watched, 'process')?.limits.join(' ')).toMatch(/missed/)
  expect(statusOf(watched, 'file')).toEqual({ layer: 'file', limits: [], reasons: [], lost: 0 })
})
