import type { SensorEvent } from '@quarry/schema/events'
import { expect, test } from 'vitest'
import type { StartEvent } from './known-process.ts'
import { processIds } from './process-ids.ts'
import { openProcessTable } from './process-table.ts'

const agent = 10
const recorder = 11
const boot = 134_000_000_000_000_000n
const ids = processIds(boot)

/** A table with a clock of its own; `said` is what came out of it. */
function setUp() {
  const said: string[] = []
  const gone = new Set<number>()
  /** What the kernel would say. */
  const parents = new Map<number, { self: ReturnType<typeof ref>; parent: number }>()
  let millis = 0
  const table = openProcessTable({
    ids,
    ownPids: [agent, recorder],
    exists: (pid) => !gone.has(pid),
    parentOf: (pid) => parents.get(pid),
    now: () => millis,
    output: {
      started: (process, event) =>
        said.push(`${event.type} ${process.pid} ${process.name}${process.origin && ` by ${process.origin}`}`),
      ended: (process, event) => said.push(`exit ${process.pid} ${process.name} ${event.exitCode}`),
    },
  })
  const pass = (more: number) => {
    millis += more
    table.tick(1_700_000_000_000 + millis)
  }
  return { table, said, gone, parents, pass }
}

const ref = (pid: number, startTicks = pid * 100) => ({ pid, startTicks })
const start = (type: 'exec' | 'fork', pid: number, path: string, parent = 1): StartEvent => ({
  type,
  at: 1_700_000_000_000,
  process: ref(pid),
  parent: ref(parent),
  comm: path.slice(path.lastIndexOf('/') + 1),
  path,
  cmdLine: path,
})
const exit = (pid: number, exitCode = 0): Extract<SensorEvent, { type: 'exit' }> => ({
  type: 'exit',
  at: 1_700_000_000_500,
  process: ref(pid),
  exitCode,
})

test('a fork and its exec are one start; a second exec is another row of the same process', () => {
  const { table, said, pass } = setUp()
  table.start(start('fork', 20, '/bin/sh'))
  table.start(start('exec', 20, '/bin/true'))
  pass(5000)
  table.start(start('exec', 20, '/bin/env'))
  table.exit(exit(20, 3))
  expect(said).toEqual(['exec 20 true', 'exec 20 env', 'exit 20 env 3'])
  expect(table.find(ref(20))).toMatchObject({ id: ids(ref(20)), parent: ids(ref(1)) })
})

test('a fork without exec is told after a second, at its end, or when it does something', () => {
  const { table, said, pass } = setUp()
  table.start(start('fork', 20, '/bin/a'))
  table.start(start('fork', 21, '/bin/b'))
  table.start(start('fork', 22, '/bin/c'))
  table.exit(exit(21))
  expect(table.actor(ref(22))).toBe(ids(ref(22)))
  expect(said).toEqual(['fork 21 b', 'exit 21 b 0', 'fork 22 c'])
  pass(999)
  expect(said).toHaveLength(3)
  pass(2)
  expect(said.slice(3)).toEqual(['fork 20 a'])
  pass(2000)
  expect(said).toHaveLength(4)
})

test('a copy that starts others is told before them', () => {
  const { table, said } = setUp()
  table.start(start('fork', 20, '/bin/sh'))
  table.start(start('fork', 21, '/bin/sh', 20))
  table.start(start('exec', 21, '/bin/id', 20))
  expect(said).toEqual(['fork 20 sh', 'exec 21 id'])
})

test('a pid that is given again ends whoever had it before', () => {
  const { table, said } = setUp()
  table.start(start('exec', 20, '/bin/old'))
  table.start({ ...start('exec', 20, '/bin/new'), process: ref(20, 9000) })
  expect(said).toEqual(['exec 20 old', 'exit 20 old undefined', 'exec 20 new'])
  expect(table.find(ref(20, 9000))?.id).not.toBe(table.find(ref(20))?.id)
})

test('sources that count a start two steps apart mean the same process', () => {
  const { table, said } = setUp()
  table.start(start('exec', 20, '/bin/a'))
  table.exit({ ...exit(20), process: ref(20, 2002) })
  expect(said).toEqual(['exec 20 a', 'exit 20 a 0'])
  expect(table.actor(ref(20, 2001))).toBe(ids(ref(20)))
})

test('an end of a process that was never heard of is told, once', () => {
  const { table, said } = setUp()
  table.exit(exit(20, 1))
  table.exit(exit(20, 1))
  expect(said).toEqual(['exit 20  1'])
})

test('the agent, its children and theirs are left out', () => {
  const { table, said, pass } = setUp()
  table.start(start('fork', 20, '/bin/node', agent))
  table.start(start('exec', 20, '/bin/node', agent))
  table.start(start('fork', 21, '/bin/ip', 20))
  table.adopt(start('exec', 23, '/bin/spare', agent))
  pass(5000)
  table.exit(exit(21))
  expect(said).toEqual([])
  for (const pid of [agent, recorder, 20, 21, 23]) expect(table.actor(ref(pid))).toBeUndefined()
  expect(table.actor(undefined)).toBeNull()
  // The same pid later is somebody else's.
  table.exit(exit(20))
  table.start({ ...start('exec', 20, '/bin/other'), process: ref(20, 9000) })
  expect(said).toEqual(['exec 20 other'])
})

test.each(['before', 'after'])('what was started for a person is recorded, told %s its start', (when) => {
  const { table, said, pass } = setUp()
  if (when === 'before') table.mark(20, 'live_response')
  table.start(start('fork', 20, '/bin/node', agent))
  table.start(start('exec', 20, '/bin/bash', agent))
  table.start(start('exec', 21, '/bin/id', 20))
  if (when === 'after') table.mark(20, 'live_response')
  table.exit(exit(21))
  table.start(start('fork', 22, '/bin/bash', 20))
  pass(2000)
  expect(said).toEqual([
    'exec 20 bash by live_response',
    'exec 21 id by live_response',
    'exit 21 id 0',
    'fork 22 bash by live_response',
  ])
})

test('a mark that nobody took is no mark for whoever gets the pid later', () => {
  const { table, said, pass } = setUp()
  table.mark(20, 'scan')
  pass(10_001)
  table.start(start('exec', 20, '/bin/a'))
  expect(said).toEqual(['exec 20 a'])
})

test('what runs already is news once, and again when it runs something else by now', () => {
  const { table } = setUp()
  expect(table.adopt(start('exec', 20, '/bin/a'))).toMatchObject({ id: ids(ref(20)), name: 'a' })
  expect(table.adopt(start('exec', 20, '/bin/a'))).toBeUndefined()
  expect(table.adopt(start('exec', 20, '/bin/b'))).toMatchObject({ name: 'b' })
})

test('a process that has vanished unseen ends after two looks', () => {
  const { table, said, gone, pass } = setUp()
  table.start(start('exec', 20, '/bin/a'))
  table.start(start('exec', 21, '/bin/b'))
  gone.add(20)
  pass(250)
  pass(250)
  expect(said).toHaveLength(2)
  pass(10_000)
  expect(said.slice(2)).toEqual(['exit 20 a undefined'])
  expect(table.size).toBe(1)
})

test('is bounded', () => {
  const { table } = setUp()
  for (let pid = 100; pid < 100 + 70_000; pid++) table.start(start('exec', pid, '/bin/a'))
  expect(table.size).toBe(65_536)
})

test('who did something before its start was told is the agent’s own when the kernel says so', () => {
  const { table, parents } = setUp()
  const born = (pid: number, parent: number) => parents.set(pid, { self: ref(pid), parent })
  born(agent, 1)
  born(20, agent)
  born(21, 20)
  born(30, 1)
  born(31, 30)
  expect(table.actor(ref(21))).toBeUndefined()
  expect(table.actor(ref(31))).toBe(ids(ref(31)))
  // Another process had the id before.
  expect(table.actor(ref(20, 7))).toBe(ids(ref(20, 7)))
  // A marked process is known not to be the agent's, and neither is what it starts.
  table.mark(40, 'scan')
  table.start(start('exec', 40, '/bin/scan', agent))
  born(40, agent)
  born(41, 40)
  expect(table.actor(ref(41))).toBe(ids(ref(41)))
})
