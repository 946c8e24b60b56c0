import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { realpathSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readRef } from '../proc/process-stat.ts'
import { eventually, watch } from '../testing/watch.ts'

const skip = process.getuid?.() !== 0

test.skipIf(skip)('tells forks, programs and exit codes with the real start and parent', async () => {
  await using watched = await watch(['proc_connector'])
  const long = 'x'.repeat(20_000)
  const child = spawn('sh', ['-c', 'read line; exit 37', long], { cwd: '/tmp' })
  const started = await watched.first(
    'exec',
    ({ process: { pid }, cmdLine }) => pid === child.pid && cmdLine !== '',
  )
  const ref = readRef('', child.pid!)
  expect(started).toMatchObject({
    process: ref,
    parent: readRef('', process.pid),
    path: realpathSync('/bin/sh'),
    cmdLine: `sh -c read line; exit 37 ${long}`,
    cwd: '/tmp',
    uid: 0,
  })
  expect(Math.abs(started.at - Date.now())).toBeLessThan(60_000)
  const made = await watched.first('fork', ({ process: { pid } }) => pid === child.pid)
  expect(made).toMatchObject({
    process: ref,
    parent: readRef('', process.pid),
    path: realpathSync(process.execPath),
  })
  child.stdin.end('\n')
  const ended = await watched.first('exit', ({ process: { pid } }) => pid === child.pid)
  expect(ended).toMatchObject({ process: ref, exitCode: 37 })
})

test.skipIf(skip)('tells the signal that ended a process', async () => {
  await using watched = await watch(['proc_connector'])
  const child = spawn('sleep', ['1000'])
  await once(child, 'spawn')
  child.kill('SIGTERM')
  const ended = await watched.first('exit', ({ process: { pid } }) => pid === child.pid)
  expect(ended.exitCode).toBe(128 + 15)
})

test.skipIf(skip)('ends a process with its last thread, not with its first', async () => {
  await using watched = await watch(['proc_connector'])
  // Node has threads: none of their ends is the end of the process.
  const child = spawn(process.execPath, [
    '-e',
    'process.exitCode = 5; require("fs").readFile("/proc/self/stat", () => {})',
  ])
  const [code] = await once(child, 'exit')
  expect(code).toBe(5)
  await watched.first('exit', ({ process: { pid } }) => pid === child.pid)
  expect(
    watched.events.filter(({ type, process }) => type === 'exit' && process?.pid === child.pid),
  ).toMatchObject([{ exitCode: 5 }])
})

test.skipIf(skip)('loses no process of many that end at once', async () => {
  await using watched = await watch(['proc_connector'])
  const run = spawnSync('sh', [
    '-c',
    'i=0; while [ $i -lt 300 ]; do /bin/true storm-$i; i=$((i+1)); done; echo $$',
  ])
  const shell = Number(run.stdout.toString())
  const children = () =>
    watched.events
      .filter((event) => event.type === 'exec' && event.parent?.pid === shell)
      .map(({ process }) => process?.pid)
  await eventually(() => children().length === 300, '300 starts')
  const pids = new Set(children())
  expect(pids.size).toBe(300)
  const ended = () => watched.events.filter((event) => event.type === 'exit' && pids.has(event.process?.pid))
  await eventually(() => ended().length === 300, '300 ends')
  expect(ended().every((event) => event.type === 'exit' && event.exitCode === 0)).toBe(true)
  expect(watched.sensors.status()[0]).toMatchObject({ layer: 'process', source: 'proc_connector', lost: 0 })
})
