import { expect, test } from 'vitest'
import { Lane, type Pace, type Rest } from './lane.ts'
import { Trouble } from './trouble.ts'

const quick: Pace = { requests: 1000, perMillis: 1000, perDay: undefined, concurrency: 2 }

function lane(pace: Partial<Pace> = {}, sends: number[] = [], rest?: Rest) {
  const durable = {
    sends,
    rest,
    recordSend: async () => {},
    recordRest(now: Rest | undefined) {
      durable.rest = now
    },
  }
  return { lane: new Lane(() => ({ ...quick, ...pace }), durable), durable }
}

const never = new AbortController().signal
const fail = (trouble: Trouble) => async (reserve: () => Promise<void>) => {
  await reserve()
  throw trouble
}

test('no window of the rate ever holds more than it allows, nor more run at once', async () => {
  const { lane: one } = lane({ requests: 5, perMillis: 200, concurrency: 3 })
  const times: number[] = []
  let running = 0
  let most = 0
  const begun = Date.now()
  const task = async (reserve: () => Promise<void>) => {
    most = Math.max(most, ++running)
    await reserve()
    times.push(Date.now())
    await new Promise((resolve) => setTimeout(resolve, 5))
    running--
  }
  await Promise.all(Array.from({ length: 12 }, () => one.run(task, never)))
  expect(most).toBeLessThanOrEqual(3)
  for (const [at, time] of times.entries())
    if (at >= 5) expect(time - times[at - 5]!).toBeGreaterThanOrEqual(199)
  expect(times.at(-1)! - begun).toBeGreaterThanOrEqual(398)
})

test('a rate that was used before a restart still counts', async () => {
  const begun = Date.now()
  const { lane: one } = lane({ requests: 2, perMillis: 150 }, [begun - 10, begun - 5])
  await one.run((reserve) => reserve(), never)
  expect(Date.now() - begun).toBeGreaterThanOrEqual(135)
})

test('the daily quota holds, also for what was sent before a restart', async () => {
  const { lane: one } = lane({ perDay: 3 }, [Date.now() - 5, Date.now() - 4])
  await one.run((reserve) => reserve(), never)
  expect(one.usedToday).toBe(3)
  await expect(one.run((reserve) => reserve(), never)).rejects.toMatchObject({ reason: 'quotaUsed' })
})

test('after five failures in a row it rests; one goes first when the rest is over', async () => {
  const { lane: one, durable } = lane()
  for (let n = 0; n < 5; n++) {
    expect(one.rest).toBeUndefined()
    await one.run(fail(new Trouble('serviceError', 'Oops.', { again: true })), never).catch(() => {})
  }
  expect(one.rest!.until - Date.now()).toBeGreaterThan(25_000)
  await expect(one.run(async () => 'asked', never)).rejects.toMatchObject({ reason: 'resting' })
  durable.rest = { reason: 'resting', until: Date.now() - 1 }
  let running = 0
  let most = 0
  const task = async () => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setTimeout(resolve, 10))
    running--
    if (most === 1) expect(running).toBe(0)
  }
  await one.run(task, never)
  expect([most, durable.rest]).toEqual([1, undefined])
})

test('an answer about one value alone, such as a bad request, is no failure of the service', async () => {
  const { lane: one } = lane()
  for (let n = 0; n < 10; n++) await one.run(fail(new Trouble('serviceError', '400.')), never).catch(() => {})
  expect(one.rest).toBeUndefined()
})

test('a Retry-After of a moment is waited for, by all', async () => {
  const { lane: one } = lane()
  const begun = Date.now()
  await one
    .run(fail(new Trouble('rateLimited', '429.', { again: true, restMillis: 120 })), never)
    .catch(() => {})
  await Promise.all([1, 2, 3].map(() => one.run((reserve) => reserve(), never)))
  expect(Date.now() - begun).toBeGreaterThanOrEqual(119)
})

test('a Retry-After of minutes is told, and so is a key that was refused until there is another', async () => {
  const { lane: one } = lane()
  await one.run(fail(new Trouble('rateLimited', '429.', { restMillis: 600_000 })), never).catch(() => {})
  await expect(one.run(async () => {}, never)).rejects.toMatchObject({ reason: 'rateLimited' })
  one.wake()
  await one.run(fail(new Trouble('unauthorized', '401.', { restMillis: 300_000 })), never).catch(() => {})
  await expect(one.run(async () => {}, never)).rejects.toMatchObject({ reason: 'unauthorized' })
  one.wake()
  expect(await one.run(async () => 'asked', never)).toBe('asked')
})

test('who leaves the queue is not asked for', async () => {
  const { lane: one } = lane({ requests: 1, perMillis: 60_000 })
  await one.run((reserve) => reserve(), never)
  const left = new AbortController()
  const waiting = one.run((reserve) => reserve(), left.signal)
  left.abort(new Error('gone'))
  await expect(waiting).rejects.toThrow('gone')
  expect(one.usedToday).toBe(1)
})
