import { ask, startQuarry, waitForDevices } from '@quarry/devkit'
import { createIocList } from '@quarry/schema/endpoints/ioc-lists'
import { listQueries } from '@quarry/schema/endpoints/queries'
import { expect, test } from 'vitest'

const count = 10_000
const hashes = Array.from({ length: count }, (_, index) => index.toString(16).padStart(64, '0'))

test('10,000 hashes, paths and words go to a real agent as lists, and find what they should', async () => {
  await using quarry = await startQuarry({ agents: 1 })
  await waitForDevices(quarry.call, 1)
  const own = await ask(quarry.call, `SELECT path, sha256 FROM hash WHERE path = '${process.execPath}'`)
  const sha256 = String(own.rows[0]!.sha256)
  const { items } = await quarry.call(listQueries, { query: { search: 'processes.of_hash' } })
  const text = [...hashes, sha256.toUpperCase()].join('\n')
  const { list, added } = await quarry.call(createIocList, { body: { name: 'Bad programs', text } })
  expect(added).toBe(count + 1)

  const found = await ask(quarry.call, '', {
    adHocQuery: undefined,
    savedQuery: { queryId: items[0]!.id },
    variables: [{ name: 'sha256', listId: list.id }],
  })
  expect(found.run.result).toBe('succeeded')
  expect(new Set(found.rows.map((row) => row.sha256))).toEqual(new Set([sha256]))
  expect(found.rows.map((row) => row.path)).toContain(process.execPath)

  const values = [...hashes, 'NODE']
  const words = await ask(quarry.call, "SELECT DISTINCT path FROM processes WHERE path LIKE '%$$word$$'", {
    variables: [{ name: 'word', values }],
  })
  expect(words.run.result).toBe('succeeded')
  expect(words.rows.map((row) => row.path)).toContain(process.execPath)
  expect(words.rows.filter((row) => !/node$/i.test(String(row.path)))).toEqual([])

  // A list is of its run alone.
  const after = await ask(quarry.call, 'SELECT count(*) AS n FROM quarry_list')
  expect(after.rows[0]!.n).toBe(0)
})
