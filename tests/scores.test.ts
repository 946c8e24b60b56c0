// Scores of running programs through a real device and server: the package that owns them, their place, and what the server knows.
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ask, type Quarry, startQuarry, waitForDevices } from '@quarry/devkit'
import { listConnectors } from '@quarry/schema/endpoints/connectors'
import { createIocList } from '@quarry/schema/endpoints/ioc-lists'
import { getReputation, updateReputationSettings } from '@quarry/schema/endpoints/reputation'
import { afterAll, beforeAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'quarry-scores-'))
const copy = join(folder, 'sleep')
const running: ChildProcess[] = []
const sha256 = createHash('sha256').update(readFileSync('/usr/bin/sleep')).digest('hex')
const sql = (path: string) =>
  `SELECT path, sha256, local_rep, local_rep_data, global_rep, global_rep_data, ml_score, pua_score FROM sophos_process_properties WHERE path = '${path}' LIMIT 1`

let quarry: Quarry
beforeAll(async () => {
  copyFileSync('/usr/bin/sleep', copy)
  running.push(spawn(copy, ['600']), spawn('/usr/bin/sleep', ['600']))
  quarry = await startQuarry({ agents: 1 })
  await waitForDevices(quarry.call, 1)
})
afterAll(async () => {
  for (const child of running) child.kill()
  await quarry[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

const row = async (path: string) => (await ask(quarry.call, sql(path))).rows[0]!
const codes = (data: unknown) => (JSON.parse(String(data)) as { code: string }[]).map(({ code }) => code)

test.skipIf(!existsSync('/var/lib/dpkg/status'))('a program of a package, and its copy', async () => {
  const own = await row('/usr/bin/sleep')
  expect(own).toMatchObject({ sha256, local_rep: 85, ml_score: -1, pua_score: -1 })
  expect(JSON.parse(String(own.local_rep_data))).toMatchObject([{ code: 'owned', package: 'coreutils' }])
  const copied = await row(copy)
  expect(copied).toMatchObject({ sha256, local_rep: 30 })
  expect(codes(copied.local_rep_data)).toEqual(['place'])
})

test('nobody is asked until a source is chosen; then the next run knows, and a list decides at once', async () => {
  const nobody = await row(copy)
  expect(nobody.global_rep).toBe(-1)
  expect(codes(nobody.global_rep_data)).toEqual(['no_source'])

  const { items } = await quarry.call(listConnectors, { query: {} })
  const hashes = items.find(({ code }) => code === 'local_hashes')!
  const files = join(quarry.folder, 'server/enrichment')
  mkdirSync(files, { recursive: true })
  writeFileSync(join(files, 'hashes.csv'), `sha256,name,verdict\n${sha256},sleep,good\n`)
  await quarry.call(updateReputationSettings, { body: { connectorIds: [hashes.id] } })
  expect(await quarry.call(getReputation, { params: { sha256 } })).toMatchObject({
    globalRep: 72,
    evidence: [{ code: 'good', source: 'local_hashes' }],
  })
  const unheard = await quarry.call(getReputation, { params: { sha256: 'a'.repeat(64) } })
  expect(unheard.globalRep).toBe(30)

  // The device has forgotten what it was told before, asks anew, and waits for the answer within the same run.
  const node = await ask(
    quarry.call,
    `SELECT DISTINCT global_rep, global_rep_data FROM sophos_process_properties WHERE path = '${process.execPath}'`,
  )
  expect(node.rows[0]).toMatchObject({ global_rep: 30 })

  const { list } = await quarry.call(createIocList, {
    body: { name: 'bad', values: [{ type: 'sha256', value: sha256 }] },
  })
  await quarry.call(updateReputationSettings, { body: { blockListId: list.id } })
  expect(await quarry.call(getReputation, { params: { sha256 } })).toMatchObject({
    globalRep: 5,
    evidence: [{ code: 'blocked' }, { code: 'good' }],
  })
})
