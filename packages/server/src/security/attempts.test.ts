import { expect, test } from 'vitest'
import { TooManyRequests } from '../error-reply.ts'
import { Attempts } from './attempts.ts'

function attemptsAt() {
  const clock = { now: 0 }
  return { clock, attempts: new Attempts(() => clock.now) }
}

/** Returns how many attempts pass before one must wait. */
function failuresUntilRefused(
  attempts: Attempts,
  address: (n: number) => string,
  name: (n: number) => string,
) {
  for (let n = 0; n < 1000; n++) {
    try {
      attempts.begin(address(n), name(n))
    } catch (error) {
      return { n, retryAfterSeconds: (error as TooManyRequests).retryAfterSeconds }
    }
  }
  return undefined
}

test('a name gets ten failures, wherever they come from, then one each 30 s', () => {
  const { attempts, clock } = attemptsAt()
  const from = (n: number) => `192.0.2.${n}`
  expect(failuresUntilRefused(attempts, from, () => 'user admin')).toEqual({ n: 10, retryAfterSeconds: 30 })
  clock.now = 30_000
  expect(failuresUntilRefused(attempts, from, () => 'user ADMIN')).toEqual({ n: 1, retryAfterSeconds: 30 })
})

test('an address gets thirty failures, whatever the names, then one each 10 s', () => {
  const { attempts, clock } = attemptsAt()
  const name = (n: number) => `user ${n}`
  expect(failuresUntilRefused(attempts, () => '192.0.2.1', name)).toEqual({ n: 30, retryAfterSeconds: 10 })
  expect(() => attempts.begin('192.0.2.2', 'user 1')).not.toThrow()
  clock.now = 300_000
  expect(failuresUntilRefused(attempts, () => '192.0.2.1', name)?.n).toBe(30)
})

test('what succeeded does not count', () => {
  const { attempts } = attemptsAt()
  for (let n = 0; n < 100; n++) attempts.begin('192.0.2.1', 'user admin').succeeded()
  expect(
    failuresUntilRefused(
      attempts,
      () => '192.0.2.1',
      () => 'user admin',
    )?.n,
  ).toBe(10)
})

test('many at once do not slip through together', () => {
  const { attempts } = attemptsAt()
  const begun = Array.from({ length: 10 }, () => attempts.begin('192.0.2.1', 'user admin'))
  expect(() => attempts.begin('192.0.2.1', 'user admin')).toThrow(TooManyRequests)
  for (const attempt of begun) attempt.succeeded()
  expect(() => attempts.begin('192.0.2.1', 'user admin')).not.toThrow()
})
