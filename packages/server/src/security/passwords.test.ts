import { expect, test } from 'vitest'
import { hashPassword, newOneTimePassword, passwordFits, verifyPassword } from './passwords.ts'

test('a hash names its cost, differs each time and fits its password alone', async () => {
  const [one, two] = [await hashPassword('correct horse'), await hashPassword('correct horse')]
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  expect(one).not.toBe(two)
  expect(await verifyPassword('correct horse', one)).toBe(true)
  expect(await verifyPassword('correct horsf', one)).toBe(false)
})

test('checks a hash that another program made', async () => {
  // From the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1
  const known = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
  expect(await verifyPassword('password', known)).toBe(true)
})

test.each([undefined, '', 'plain text', '$2b$10$abc'])('no password fits %j', async (stored) => {
  expect(await verifyPassword('', stored)).toBe(false)
})

test('many at once are answered in turn', async () => {
  const stored = await hashPassword('correct horse')
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) => verifyPassword(n % 2 ? 'correct horse' : 'wrong', stored)),
  )
  expect(answers).toEqual(Array.from({ length: 12 }, (_, n) => n % 2 === 1))
})

test('far too many at once are refused, and the next one is served', async () => {
  const stored = await hashPassword('correct horse')
  const all = await Promise.allSettled(
    Array.from({ length: 60 }, () => verifyPassword('correct horse', stored)),
  )
  const refused = all.filter((one) => one.status === 'rejected')
  expect(refused).toHaveLength(8)
  expect(refused[0]!.reason).toMatchObject({ code: 'too_many_requests' })
  expect(await verifyPassword('correct horse', stored)).toBe(true)
})

test.each([
  ['elevenchars', 'anna', false],
  ['twelve chars', 'anna', true],
  ['x'.repeat(256), 'anna', true],
  ['x'.repeat(257), 'anna', false],
  ['Anna.Anderson', 'anna.anderson', false],
])('%s may be the password of %s: %s', (password, username, fits) => {
  expect(passwordFits(password, username)).toBe(fits)
})

test('a one-time password may be chosen as one and is never the same', () => {
  const made = new Set(Array.from({ length: 100 }, newOneTimePassword))
  expect(made.size).toBe(100)
  for (const password of made) expect(password).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/)
})
