import { allJournals } from '@quarry/schema/journals'
import { expect, test } from 'vitest'
import { lakeTableOf } from './lake-table.ts'
import { ask, batch, duckDbLake, noon, scratch } from './testing/lake-setting.ts'

test('every journal has a table in the lake, which takes a row', async () => {
  const tables = (await allJournals()).map(lakeTableOf)
  expect(tables.find(({ name }) => name === 'sophos_process_journal')?.columns).toMatchObject({
    time: 'integer',
    sophos_pid: 'text',
    sha256: 'sha256',
    uid: 'integer',
  })
  const lake = await duckDbLake(scratch(), tables)
  for (const { name } of tables) await lake.append(batch(1, [{ time: noon }], { stream: name }))
  await lake.compact()
  for (const { name } of tables)
    expect(await ask(lake, `SELECT endpoint_id, time::INT FROM ${name}`), name).toEqual([['a', noon]])
  await lake.close()
})
