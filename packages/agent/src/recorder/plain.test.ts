import type { SensorEvent } from '@quarry/schema/events'
import { expect, test } from 'vitest'
import { openPlain } from './plain.ts'
import type { PlainEvent } from './rows/write-event.ts'
import { openLosses } from './shedding/losses.ts'

const at = 1_700_000_000_000
const flow = { at, protocol: 6, direction: 'outbound', source: '192.0.2.1', sourcePort: 1 } as const
const http: PlainEvent = {
  ...{ type: 'http', ...flow, destination: '192.0.2.2', destinationPort: 80 },
  ...{ method: 'GET', url: 'http://a.example/', headers: '', userAgent: '' },
}
const exec: SensorEvent = {
  ...{ type: 'exec', at, process: { pid: 1, startTicks: 1 } },
  ...{ comm: 'a', path: '/a', cmdLine: '/a' },
}
const file = (name: string, directory = false): PlainEvent => ({
  ...{ type: 'file', at, action: 'permissions', directory, content: 'data', path: `/tmp/${name}` },
})

function setUp(now = () => 0) {
  const losses = openLosses()
  const written: string[] = []
  const plain = openPlain({
    out: { append: ({ subject }) => void written.push(subject) },
    hasher: { hash: async () => undefined, changed() {} },
    waits: { size: 0, wait: (_, write) => write(), tick() {}, idle: async () => {}, settle() {} },
    drafts: { keep: () => () => {} },
    losses,
    // Nothing comes in: what is there at the start is all.
    eventsPerSecond: 0,
    now,
  })
  return { plain, losses, written }
}

test('what is valued most is written first, whatever came first', () => {
  const { plain, written } = setUp()
  plain.take(file('folder', true), null)
  plain.take(file('file'), null)
  plain.take(http, null)
  plain.settle()
  expect(written).toEqual(['Http', 'Url', 'File', 'Directory'])
})

test('a budget that runs out sheds folders, then files and requests, and processes last, and counts them by journal', () => {
  const { plain, losses } = setUp()
  // The budget is a burst of 400,000 events; processes may take all of it.
  for (let count = 0; count < 250_000; count++) plain.admits(exec)
  expect(plain.admits(file('folder', true))).toBe(false)
  plain.take(http, null)
  for (let count = 0; count < 149_999; count++) plain.admits(exec)
  plain.take(http, null)
  plain.take(file('file'), null)
  expect(plain.admits(exec)).toBe(false)
  const counts = Object.fromEntries(losses.take().map(({ subject, events }) => [subject, events]))
  expect(counts).toEqual({ Directory: 1, Http: 1, Url: 1, File: 1, Process: 1 })
})

test('a burst that the sensors hand on at once is written in between, and nothing of it is shed', () => {
  const { plain, losses, written } = setUp()
  for (let count = 0; count < 100_000; count++) plain.take(file(`${count}`), null)
  expect(losses.take()).toEqual([])
  expect(written.length).toBeGreaterThan(90_000)
  plain.settle()
  expect(written).toHaveLength(100_000)
})

test('a burst of 100,000 waits whole where writing takes too long to be done in between', () => {
  let millis = 0
  const { plain, losses, written } = setUp(() => (millis += 1000))
  for (let count = 0; count < 100_000; count++) plain.take(file(`${count}`), null)
  expect(losses.take()).toEqual([])
  expect(written).toHaveLength(64)
})
