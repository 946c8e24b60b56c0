import { createHash } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fixtureRoot, openFixture, openMachine } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import { start } from '../testing/tools.ts'
import processes from './processes.ts'
import table from './sophos_process_properties.ts'

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
const nginx = sha256(`${fixtureRoot}/usr/sbin/nginx`)

const fixture = await openFixture([table, processes])
const machine = await openMachine([table, processes])
afterAll(() => {
  fixture.close()
  machine.close()
})

test('without scores from the agent, all is unknown and nothing is invented', () => {
  expect(fixture.all('SELECT * FROM sophos_process_properties WHERE pid = 733')).toEqual([
    {
      pid: 733,
      sophos_pid: '733:134399348445700000',
      path: '/usr/sbin/nginx',
      sha256: nginx,
      local_rep: -1,
      local_rep_data: '[]',
      global_rep: -1,
      global_rep_data: '[]',
      ml_score: -1,
      ml_score_data: '[]',
      pua_score: -1,
      pua_score_data: '[]',
    },
  ])
})

test('gives the agent’s scores, asked by path and hash, and only for what has a hash', async () => {
  const scored = await openFixture([table], {
    scores: {
      of: (_, { path, image, sha256 }) =>
        path === '/usr/sbin/nginx' && image === '/proc/733/exe' && sha256 === nginx
          ? {
              localRep: 90,
              localRepData: '{"known":1}',
              globalRep: 80,
              globalRepData: '{}',
              mlScore: 2,
              mlScoreData: '{}',
              puaScore: 1,
              puaScoreData: '[]',
            }
          : undefined,
    },
  })
  const query =
    'SELECT local_rep, localRepData, global_rep, mlScore, pua_score FROM sophos_process_properties WHERE pid = '
  expect(scored.all(`${query}733`)).toEqual([
    { local_rep: 90, localRepData: '{"known":1}', global_rep: 80, mlScore: 2, pua_score: 1 },
  ])
  expect(scored.all(`${query}2`)).toEqual([
    { local_rep: -1, localRepData: '[]', global_rep: -1, mlScore: -1, pua_score: -1 },
  ])
  scored.close()
})

test('is found by sophos_pid, old name too, and not by that of an earlier process', () => {
  const query = (value: string) =>
    fixture.all(`SELECT pid FROM sophos_process_properties WHERE sophosPID = '${value}'`)
  expect(query('733:134399348445700000')).toEqual([{ pid: 733 }])
  expect(query('733:134399348445700001')).toEqual([])
  expect(query('nonsense')).toEqual([])
})

test('a kernel thread has no hash; a program that cannot be read has none either, and the result says so', () => {
  expect(fixture.all('SELECT pid, path, sha256 FROM sophos_process_properties WHERE pid = 2')).toEqual([
    { pid: 2, path: '', sha256: '' },
  ])
})

test('fills every column', () => {
  expect(emptyColumns(fixture, table)).toEqual([])
})

test('has the same sophos_pid as processes, for every process that lives on', () => {
  const query =
    'SELECT p.pid, p.sophos_pid = s.sophos_pid AS same FROM processes p JOIN sophos_process_properties s ON s.pid = p.pid'
  const rows = machine.all(query)
  expect(rows.length).toBeGreaterThan(2)
  expect(rows.filter((row) => row.same !== 1)).toEqual([])
})

test('hashes the program that runs, also when its file was replaced or deleted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quarry-image-'))
  const program = join(folder, 'shell')
  copyFileSync('/bin/sh', program)
  await using shell = await start(program, ['-c', 'echo ready; read line'])
  const query = `SELECT path, sha256 FROM sophos_process_properties WHERE pid = ${shell.pid}`
  const expected = sha256(realpathSync('/bin/sh'))
  expect(machine.all(query)).toEqual([{ path: program, sha256: expected }])
  rmSync(program)
  copyFileSync(import.meta.filename, program)
  expect(machine.all(query)).toEqual([{ path: `${program} (deleted)`, sha256: expected }])
  rmSync(folder, { recursive: true })
  expect(machine.all(query)).toEqual([{ path: `${program} (deleted)`, sha256: expected }])
})
