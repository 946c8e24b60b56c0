import { readdirSync } from 'node:fs'
import { Sentence } from '@quarry/schema'
import { afterAll, describe, expect, test } from 'vitest'
import { openEngine } from '../engine/engine.ts'
import type { Host } from '../host/host.ts'
import { allFunctions } from '../registry.ts'

const functions = await allFunctions()
const engine = await openEngine({ tables: [], host: {} as Host })
afterAll(() => engine.close())

const evaluate = (sql: string) => engine.all(`SELECT ${sql} AS value`)[0]!.value

describe.each(functions.map((fn) => [fn.name, fn] as const))('%s', (name, fn) => {
  test('is named after its file and says what it does', () => {
    expect(readdirSync(import.meta.dirname)).toContain(`${name}.ts`)
    expect(fn.signature.startsWith(`${name}(`)).toBe(true)
    expect(Sentence.safeParse(fn.description).error).toBeUndefined()
    expect(fn.examples.length).toBeGreaterThan(0)
  })

  test.each(fn.examples)('%s', (sql, value) => {
    expect(evaluate(sql)).toEqual(value)
  })

  test('takes no argument too many', () => {
    const args = new Array(fn.parameters.length + 1).fill("'x'").join(', ')
    // SQLite has its own log(base, number).
    if (name === 'log') return
    expect(() => evaluate(`${name}(${args})`)).toThrow(`wrong number of arguments to function ${name}()`)
  })
})

test('every function has another name', () => {
  expect(new Set(functions.map((fn) => fn.name)).size).toBe(functions.length)
  expect(functions.length).toBe(
    readdirSync(import.meta.dirname).filter((file) => /^[a-z0-9_]+\.ts$/.test(file)).length,
  )
})

test.each([
  ["concat('hello', NULL, ' ', 'world')", 'hello world'],
  ["concat_ws(' ', 'hello', NULL, 'world')", 'hello world'],
  ['ceil(1.2)', 2],
  ['floor(1.8)', 1],
  ['sqrt(16)', 4],
  ['power(2, 10)', 1024],
  ['log10(1000)', 3],
  ['pi()', Math.PI],
  ['round(radians(60), 13)', 1.0471975511966],
  ["printf('%05d', 42)", '00042'],
  ["json_extract('{\"a\": [1, 2]}', '$.a[1]')", 2],
  ["strftime('%Y', 0, 'unixepoch')", '1970'],
  ["'20.10a' > '20.102' COLLATE VERSION", 1],
  ["'4:2' = '4:2-1' COLLATE VERSION_ARCH", 1],
  ["'2-2pre' < '2-2rc' COLLATE VERSION_ARCH", 1],
  ["'2:8.2.3995-1ubuntu2.9' > '2:8.2.3995-1ubuntu2.3' COLLATE VERSION_DPKG", 1],
  ["'1.1.0~BETA2' < '1.1.0~CR1' COLLATE VERSION_RHEL", 1],
  ["'1.0.0' > '1.0.0~rc2' COLLATE VERSION_RHEL", 1],
] as const)('what osquery has and SQLite or a collation gives: %s', (sql, value) => {
  expect(evaluate(sql)).toBe(value)
})

test.each([
  ["regex_match('a', '(', 0)", /Invalid regular expression/],
  ["in_cidr_block('10.0.0.0/33', '10.0.0.1')", /not a block of addresses/],
  ["version_compare('1', '2', 'SUSE')", /ARCH, DPKG, RHEL/],
  ["community_id_v1_strict('x', '10.0.0.1', 1, 2, 6)", /not valid/],
])('an argument that makes no sense fails the statement: %s', (sql, message) => {
  expect(() => evaluate(sql)).toThrow(message)
})
