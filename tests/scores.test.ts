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
import { ask, type Quarry, startQuarry, startRun, waitForDevices, waitForRun } from '@quarry/devkit'
import { listConnectors } from '@quarry/schema/endpoints/connectors'
import { createIocList } from '@quarry/schema/endpoints/ioc-lists'
import {
  getReputation,
  getReputationSettings,
  updateReputationSettings,
} from '@quarry/schema/endpoints/reputation'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { picture, signIn, startBrowser, whyNoBrowser } from './console-page.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-scores-'))
const copy = join(folder, 'sleep')
const running: ChildProcess[] = []
const sha256 = createHash('sha256').update(readFileSync('/usr/bin/sleep')).digest('hex')
const waiting = { timeout: 20_000 }
const sql = (path: string) =>
  `SELECT path, sha256, local_rep, local_rep_data, global_rep, global_rep_data, ml_score, ml_score_data, pua_score, pua_score_data FROM sophos_process_properties WHERE path = '${path}' LIMIT 1`

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

test.skipIf(whyNoBrowser)(
  `the console tells scores in words, and where reputation comes from${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`,
  { timeout: 90_000 },
  async () => {
    const browser = await startBrowser()
    try {
      const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      await signIn(page, quarry.url, quarry.admin)
      await cardOfRow(page)
      await scoresSettings(page)
      expect(errors).toEqual([])
    } finally {
      await browser.close()
    }
  },
)

const openRow = async (page: Page, question: string) => {
  const run = await startRun(quarry.call, question)
  await waitForRun(quarry.call, run.id)
  await page.goto(`${quarry.url}/live-discover/runs/${run.id}?row=1`)
  return page.getByRole('region', { name: 'Scores' })
}

/** Leans on the lists and sources that the tests before have set: blocked, and yet known as published. */
async function cardOfRow(page: Page): Promise<void> {
  // The device was told to ask anew; a run waits for the answer a moment only.
  await expect.poll(async () => (await row(copy)).global_rep, waiting).toBe(5)
  const told = await openRow(page, sql(copy))
  await expect.poll(() => told.textContent(), waiting).toContain('On your block list')
  const words = await told.textContent()
  expect(words).toContain('A contradiction')
  expect(words).toContain('it lies in a folder for temporary files.')
  expect(words).toContain('Only Windows programs (PE) are scored')
  await picture(page, 'score-card')

  const short = `SELECT path, sha256, local_rep, global_rep, ml_score FROM sophos_process_properties WHERE path = '${copy}' LIMIT 1`
  const bare = await openRow(page, short)
  await expect.poll(() => bare.textContent(), waiting).toContain('They are in local_rep_data, ml_score_data.')
  expect(await bare.textContent()).not.toContain('block list')
  await bare.getByRole('button', { name: 'Ask the server for the reasons' }).click()
  await expect.poll(() => bare.textContent(), waiting).toContain('Your block list holds it.')
  await picture(page, 'score-card-asked')
}

async function scoresSettings(page: Page): Promise<void> {
  await page.goto(`${quarry.url}/settings/scores`)
  const sources = page.getByRole('form', { name: 'Global reputation' })
  await sources.getByRole('checkbox', { name: 'Ask VirusTotal' }).check()
  await expect
    .poll(() => sources.getByRole('note').textContent(), waiting)
    .toBe(
      'The hash of every program that devices meet is sent to VirusTotal, whether anybody asks about it or not. No file is sent.',
    )
  const model = page.getByRole('region', { name: 'Model of ml_score' })
  await expect.poll(() => model.getByRole('row').nth(1).textContent(), waiting).toMatch(/^A4,556.*0\.953/)
  await picture(page, 'settings-scores')
  await sources.getByRole('button', { name: 'Discard' }).click()
  await sources.getByRole('checkbox', { name: 'Ask Hash list (file)' }).uncheck()
  await sources.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(async () => (await quarry.call(getReputationSettings, {})).connectorIds, waiting)
    .toEqual([])
}
