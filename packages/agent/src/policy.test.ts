import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultLimits } from '@quarry/schema/agent/query'
import { expect, test } from 'vitest'
import { limited, Policy, readPolicy, refusal } from './policy.ts'
import { tempFolder } from './testing/temp-folder.ts'

test('without a file everything is allowed, two queries at once', () => {
  expect(readPolicy(join(tempFolder(), 'policy.json'))).toEqual({
    queries: true,
    denyTables: [],
    networkTables: false,
    recording: true,
    recordedPerSecond: 5000,
    limits: {},
    parallel: 2,
    outboxBytes: 209_715_200,
  })
})

test.each([
  ['{', 'is not JSON'],
  ['{"parallel": 0}', 'is wrong at "parallel"'],
  ['{"limits": {"seconds": "many"}}', 'is wrong at "limits.seconds"'],
  ['{"quiries": false}', 'is wrong at ""'],
])('%s stops the agent instead of allowing what its owner forbids', (text, sentence) => {
  const path = join(tempFolder(), 'policy.json')
  writeFileSync(path, text)
  expect(() => readPolicy(path)).toThrow(sentence)
})

test('the lower limit holds, whoever set it', () => {
  const policy = Policy.parse({ limits: { seconds: 10, resultRows: 10_000_000 } })
  const request = { sql: 'SELECT 1', readable: [], limits: defaultLimits }
  expect(limited(policy, request).limits).toEqual({ ...defaultLimits, seconds: 10 })
})

test.each([
  ['SELECT * FROM users', undefined],
  ['SELECT * FROM SHADOW', 'The policy of this device does not allow the table shadow.'],
  [
    'WITH a AS (SELECT * FROM "shadow") SELECT * FROM a',
    'The policy of this device does not allow the table shadow.',
  ],
  ['SELECT shadows FROM x', undefined],
])('%s', (sql, sentence) => {
  expect(refusal(Policy.parse({ denyTables: ['shadow'] }), sql)).toBe(sentence)
})

test('a device may refuse every query', () => {
  expect(refusal(Policy.parse({ queries: false }), 'SELECT 1')).toBe(
    'The policy of this device allows no queries.',
  )
})
