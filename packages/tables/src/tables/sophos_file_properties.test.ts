import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { fixtureRoot, openFixture, openMachine } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import table from './sophos_file_properties.ts'

const hashOf = (algorithm: string, bytes: Uint8Array) => createHash(algorithm).update(bytes).digest('hex')
const folder = mkdtempSync(join(tmpdir(), 'quarry-properties-'))
const cacheDir = join(folder, 'cache')
const files = join(folder, 'files')
mkdirSync(join(files, 'deep'), { recursive: true })
for (const name of ['one', 'two', 'deep/three']) {
  writeFileSync(join(files, name), `content of ${name}`)
}

const fixture = await openFixture([table])
const machine = await openMachine([table], { cacheDir })
afterAll(() => {
  fixture.close()
  machine.close()
  rmSync(folder, { recursive: true })
})

test('shows a file with its hashes and unknown scores', () => {
  const bytes = readFileSync(`${fixtureRoot}/usr/sbin/nginx`)
  expect(fixture.all("SELECT * FROM sophos_file_properties WHERE path = '/usr/sbin/nginx'")).toEqual([
    {
      path: '/usr/sbin/nginx',
      sha256: hashOf('sha256', bytes),
      sha1: hashOf('sha1', bytes),
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

test('fills every column', () => {
  expect(emptyColumns(fixture, table, "sophos_file_properties WHERE path LIKE '/usr/sbin/%'")).toEqual([])
})

test('gives the agent’s scores', async () => {
  const scores = {
    localRep: 7,
    localRepData: '[]',
    globalRep: -1,
    globalRepData: '',
    mlScore: 99,
    mlScoreData: '{"a":1}',
    puaScore: 3,
    puaScoreData: '[]',
  }
  const scored = await openFixture([table], {
    scores: {
      of: (_, { path, image, sha256 }) =>
        path === '/usr/sbin/sshd' && image === path && sha256.length === 64 ? scores : undefined,
    },
  })
  expect(
    scored.all(
      "SELECT path, ml_score, mlScoreData FROM sophos_file_properties WHERE path IN ('/usr/sbin/sshd', '/usr/sbin/nginx') ORDER BY path DESC",
    ),
  ).toEqual([
    { path: '/usr/sbin/sshd', ml_score: 99, mlScoreData: '{"a":1}' },
    { path: '/usr/sbin/nginx', ml_score: -1, mlScoreData: '[]' },
  ])
  scored.close()
})

test('takes patterns of one level and of all below; folders are no files', () => {
  const query = (pattern: string) =>
    machine.all(`SELECT path FROM sophos_file_properties WHERE path LIKE '${files}/${pattern}' ORDER BY path`)
  expect(query('%').map((row) => row.path)).toEqual([join(files, 'one'), join(files, 'two')])
  expect(query('%%').map((row) => row.path)).toEqual([
    join(files, 'deep/three'),
    join(files, 'one'),
    join(files, 'two'),
  ])
})

test('finds by hash what was hashed before and is still there', async () => {
  // A file that changed within this second may change again, so its hash is not kept.
  await setTimeout(Math.max(0, statSync(join(files, 'two')).ctimeMs + 1100 - Date.now()))
  const wanted = hashOf('sha256', Buffer.from('content of two'))
  machine.all(`SELECT sha256 FROM sophos_file_properties WHERE path LIKE '${files}/%'`)
  const query = `SELECT path FROM sophos_file_properties WHERE sha256 = '${wanted}'`
  expect(machine.all(query)).toEqual([{ path: join(files, 'two') }])
  writeFileSync(join(files, 'two'), 'other content')
  expect(machine.all(query)).toEqual([])
})

test('a file that is not there is no row; without a path or hash the result says what is missing', () => {
  expect(machine.all("SELECT path FROM sophos_file_properties WHERE path = '/no/such/file'")).toEqual([])
  expect(machine.lastWarnings).toEqual([])
  expect(machine.all('SELECT path FROM sophos_file_properties')).toEqual([])
  expect(machine.lastWarnings).toMatchObject([{ code: 'required_column' }])
  expect(machine.all("SELECT path FROM sophos_file_properties WHERE sha256 LIKE 'ab%'")).toEqual([])
  expect(machine.lastWarnings).toMatchObject([{ code: 'required_column' }])
})

test('never reads the data of Quarry itself', async () => {
  const secret = join(folder, 'data')
  mkdirSync(secret)
  writeFileSync(join(secret, 'device.key'), 'secret')
  chmodSync(secret, 0o755)
  const guarded = await openMachine([table], { dataDirs: [secret] })
  expect(
    guarded.all(`SELECT path, sha256 FROM sophos_file_properties WHERE path = '${secret}/device.key'`),
  ).toEqual([])
  expect(guarded.lastWarnings).toMatchObject([{ code: 'partial' }])
  guarded.close()
})
