// A question to the journals that a device's own limit breaks off again and again, continued to its end: nothing twice, nothing left out.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Quarry, readRows, startQuarry, startRun, waitForDevices, waitForRun } from '@quarry/devkit'
import { openJournalWriter } from '@quarry/journals/store'
import { listRunEndpoints, resumeRun } from '@quarry/schema/endpoints/runs'
import fileJournal from '@quarry/schema/journals/sophos_file_journal'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { picture, signIn, startBrowser, whyNoBrowser } from './console-page.ts'

const files = 95
const atOnce = 20
const began = Date.UTC(2026, 10, 1)
const sql = "SELECT path, time_ms FROM sophos_file_journal WHERE time > 0 AND path LIKE '/share/%'"
const paths = Array.from({ length: files }, (_, index) => `/share/${index}`)

let quarry: Quarry
beforeAll(async () => {
  quarry = await startQuarry({ agents: 2 })
  for (const [index, agent] of quarry.agents.entries()) {
    await agent.stop()
    const folder = join(quarry.folder, `agent-${index}`)
    const limits = index === 0 ? { resultRows: atOnce } : {}
    writeFileSync(join(folder, 'policy.json'), JSON.stringify({ limits }))
    const writer = openJournalWriter(join(folder, 'journals'), { period: { events: 40 } })
    for (const [index, path] of paths.entries())
      writer.append(fileJournal, began + index * 60_000, { path, event_type: 0 } as never)
    writer.flush()
    while (writer.maintain()) {
      // There is more to pack.
    }
    writer.close()
    await quarry.restartAgent(index)
  }
  await waitForDevices(quarry.call, 2)
})
afterAll(() => quarry[Symbol.asyncDispose]())

const found = async (id: string, endpointId: string) =>
  (await readRows(quarry.call, id)).filter((row) => row.endpointId === endpointId).map(({ path }) => path)

test('through a real device and server, by ids, also over a killed server', {
  timeout: 60_000,
}, async () => {
  const { id } = await startRun(quarry.call, sql)
  let run = await waitForRun(quarry.call, id)
  const { items } = await quarry.call(listRunEndpoints, { params: { id }, query: {} })
  const limited = items.find(({ resumable }) => resumable)!
  const other = items.find(({ id }) => id !== limited.id)!
  expect(limited).toMatchObject({ result: 'succeeded', resultCount: atOnce })
  expect(limited.warnings.map(({ code }) => code)).toContain('limited_rows')
  expect(await found(id, other.id)).toEqual(paths)
  for (let leg = 1; run.resumable; leg += 1) {
    expect(run.resumable).toEqual({
      devices: 1,
      from: new Date(began + leg * atOnce * 60_000).toISOString(),
    })
    await quarry.call(resumeRun, { params: { id }, body: {} })
    if (leg === 2) {
      await quarry.server.stop('SIGKILL')
      await quarry.restartServer()
    }
    run = await waitForRun(quarry.call, id)
    expect(await found(id, limited.id)).toEqual(paths.slice(0, (leg + 1) * atOnce))
  }
  expect(await found(id, limited.id)).toEqual(paths)
  expect(await found(id, other.id)).toEqual(paths)
  expect(run).toMatchObject({ result: 'succeeded', resultCount: 2 * files })
  expect(run.endpointCounts.statuses.finished.succeeded).toEqual({ total: 2, withData: 2, withoutData: 0 })
  expect(run.warnings.map(({ code }) => code)).not.toContain('limited_rows')
  await expect(quarry.call(resumeRun, { params: { id }, body: {} })).rejects.toMatchObject({
    code: 'run_not_resumable',
  })
})

test('a question that sorts goes on behind its rows, on what the journals held then', {
  timeout: 60_000,
}, async () => {
  const sorted = `${sql} ORDER BY time_ms DESC`
  const { id } = await startRun(quarry.call, sorted)
  let run = await waitForRun(quarry.call, id)
  const { items } = await quarry.call(listRunEndpoints, { params: { id }, query: {} })
  const limited = items.find(({ resumable }) => resumable)!
  for (let leg = 1; run.resumable; leg += 1) {
    expect(run.resumable).toEqual({ devices: 1 })
    expect(await found(id, limited.id)).toEqual(paths.toReversed().slice(0, leg * atOnce))
    await quarry.call(resumeRun, { params: { id }, body: {} })
    run = await waitForRun(quarry.call, id)
  }
  expect(run).toMatchObject({ result: 'succeeded', resultCount: 2 * files })
  expect(await found(id, limited.id)).toEqual(paths.toReversed())
})

test.skipIf(whyNoBrowser)(
  `a person continues a run with a click${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`,
  { timeout: 120_000 },
  async () => {
    const { id } = await startRun(quarry.call, sql)
    await waitForRun(quarry.call, id)
    const browser = await startBrowser()
    try {
      const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
      await signIn(page, quarry.url, quarry.admin)
      await page.goto(`${quarry.url}/live-discover/runs/${id}`)
      const button = page.getByRole('button', { name: /^Continue from 2026-11-01/ })
      await button.waitFor()
      await picture(page, 'resume')
      await button.click()
      await expect.poll(() => page.getByRole('tab', { name: /Results 135/ }).count()).toBe(1)
      await page.getByRole('tab', { name: /Devices/ }).click()
      const rows = page.getByRole('row')
      await expect.poll(() => rows.count()).toBeGreaterThan(2)
      await rows.filter({ hasText: '40' }).first().getByRole('gridcell').first().dblclick()
      await button.nth(1).waitFor()
      await picture(page, 'resume-device')
      await button.nth(1).click()
      await expect.poll(() => page.getByText('155').count()).toBeGreaterThan(0)
    } finally {
      await browser.close()
    }
  },
)
