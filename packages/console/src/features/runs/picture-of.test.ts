import type { Run } from '@quarry/schema/endpoints/runs'
import { expect, test } from 'vitest'
import { pictureOf } from './picture-of.ts'

interface Counts {
  succeeded?: number
  failed?: number
  timedOut?: number
  online?: number
  offline?: number
  running?: number
}

function run(status: Run['status'], result: Run['result'], counts: Counts): Run {
  const of = (total = 0) => ({ total, withData: 0, withoutData: total })
  const { succeeded, failed, timedOut, online = 0, offline = 0, running } = counts
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const statuses = {
    pending: { total: online + offline, online, offline },
    started: of(running),
    finished: { succeeded: of(succeeded), failed: of(failed), timedOut: of(timedOut), canceled: of() },
  }
  return { status, result, endpointCounts: { total, types: {}, platforms: {}, statuses } } as unknown as Run
}
const plain = { expired: false, filtered: false }

test.each([
  [run('finished', 'succeeded', { succeeded: 2 }), 'none', '2 devices answered; none had a row.'],
  [
    run('finished', 'succeeded', { succeeded: 1, failed: 3 }),
    'none',
    '1 device answered; none had a row. 3 devices failed.',
  ],
  [run('finished', 'failed', { failed: 2, timedOut: 1 }), 'failed', '2 devices failed, 1 timed out:'],
  [run('finished', 'canceled', {}), 'canceled', 'No row had come until then.'],
  [run('started', 'notAvailable', { running: 1, offline: 1 }), 'waiting', 'Rows appear here as they come.'],
])('says why there is no row', (subject, kind, text) => {
  expect(pictureOf(subject, plain)).toMatchObject({ kind, text })
})

test('says when all that is left is offline', () => {
  const picture = pictureOf(run('started', 'notAvailable', { succeeded: 4, offline: 2 }), plain)
  expect(picture.title).toBe('Waiting for 2 offline devices')
})

test('failures are told while others are waited for', () => {
  const picture = pictureOf(run('started', 'notAvailable', { failed: 2, offline: 1 }), plain)
  expect(picture.text).toMatch(/the rows are kept\. 2 devices failed so far:$/)
})

test('says when time was up', () => {
  const picture = pictureOf(run('finished', 'timedOut', { timedOut: 3 }), plain)
  expect(picture.text).toMatch(/^3 devices did not answer in time\./)
})

test('a failure on every device is told as such', () => {
  expect(pictureOf(run('finished', 'failed', { failed: 2 }), plain).title).toBe(
    'The query failed on every device',
  )
})

test('expired results and filters that leave nothing come first', () => {
  const subject = run('finished', 'succeeded', { succeeded: 2 })
  expect(pictureOf(subject, { expired: true, filtered: true }).kind).toBe('expired')
  expect(pictureOf(subject, { expired: false, filtered: true }).kind).toBe('filtered')
})
