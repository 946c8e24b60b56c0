import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openResults } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-results-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a file that a killed server had not finished is no result, and is made anew', async () => {
  const results = openResults(folder)
  const run = randomUUID()
  const part = join(folder, `${run}.sqlite.new`)
  writeFileSync(part, 'half a file')
  expect(results.rows(run)).toBe(0)
  expect(results.columns(run)).toEqual([])
  const device = { endpointId: randomUUID(), hostname: 'web-1' }
  await results.append(run, {
    ...device,
    sequence: 1,
    bytes: 100,
    columns: [{ name: 'pid', type: 'bigint' }],
    rows: [[1]],
  })
  expect(results.rows(run)).toBe(1)
  expect(existsSync(part)).toBe(false)
  await results.close()
})

test('a store that opens clears away what was not finished', async () => {
  const part = join(folder, `${randomUUID()}.sqlite.new-wal`)
  writeFileSync(part, '')
  await openResults(folder).close()
  expect(existsSync(part)).toBe(false)
})
