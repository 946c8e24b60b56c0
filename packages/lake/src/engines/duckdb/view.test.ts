import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { batch, duckDbLake, noon, scratch } from '../../testing/lake-setting.ts'

test('a question reaches nothing but the tables, and changes nothing', async () => {
  const folder = scratch()
  const lake = await duckDbLake(folder)
  await lake.append(batch(1, [{ time: noon, id: 1 }]))
  await lake.compact()
  await lake.append(batch(2, [{ time: noon, id: 2 }]))
  const secret = `${folder}/secret.csv`
  writeFileSync(secret, 'a\nsecret\n')
  const own = `${folder}/parquet/${readdirSync(`${folder}/parquet`)[0]}`
  const view = await lake.view()
  const refused = [
    `SELECT * FROM '${secret}'`,
    `SELECT * FROM read_csv('${secret}')`,
    `SELECT * FROM read_text('${folder}/manifest.json')`,
    "SELECT * FROM read_blob('/etc/passwd')",
    `SELECT * FROM glob('${folder}/*')`,
    "SELECT * FROM read_json('http://127.0.0.1:9/')",
    `COPY (SELECT 1) TO '${own}'`,
    `COPY (SELECT 1) TO '${own}' (USE_TMP_FILE false)`,
    `COPY (SELECT 1) TO '${folder}/out.csv'`,
    `ATTACH '${folder}/out.db'`,
    `EXPORT DATABASE '${folder}/out'`,
    'INSTALL httpfs',
    'LOAD httpfs',
    'SET enable_external_access = true',
    "SET allowed_paths = ['/etc/passwd']",
    'RESET lock_configuration',
    'DROP VIEW programs',
    'CREATE TABLE t (a INT)',
    'INSERT INTO empty.programs VALUES (1)',
    'CALL pragma_version()',
    'EXPLAIN ANALYZE SELECT 1',
    'SELECT 1; SELECT 2',
    "SELECT getenv('PATH')",
    '',
  ]
  for (const sql of refused)
    expect([sql, await view.query(sql).then(String, () => 'refused')]).toEqual([sql, 'refused'])
  expect((await view.query('WITH p AS (FROM programs) SELECT id::INT AS id FROM p ORDER BY 1')).rows).toEqual(
    [[1], [2]],
  )
  expect(readdirSync(folder).sort()).toEqual([
    'manifest.json',
    'parquet',
    'pending',
    'secret.csv',
    'segments',
  ])
  expect(existsSync(own)).toBe(true)
  view.close()
  await lake.close()
})
