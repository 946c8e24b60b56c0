import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readlinkSync } from 'node:fs'
import { startQuarry, startRun, waitForDevices, waitForRun } from '@quarry/devkit'
import { listInvestigations } from '@quarry/schema/endpoints/investigations'
import { listIocLists } from '@quarry/schema/endpoints/ioc-lists'
import { listQueries } from '@quarry/schema/endpoints/queries'
import { getRun } from '@quarry/schema/endpoints/runs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { picture, signIn, startBrowser, whyNoBrowser } from './console-page.ts'

const why = whyNoBrowser
const waiting = { timeout: 30_000 }
const runId = (page: Page) => /runs\/([0-9a-f-]{36})/.exec(page.url())![1]!

test.skipIf(why)(
  // Some 30 steps of a person in three tabs.
  `a person asks about several cells, keeps a list, asks with it, and keeps an investigation${why ? ` (${why})` : ''}`,
  { timeout: 180_000 },
  async () => {
    // A small program, which is soon hashed.
    const sleeper = spawn('sleep', ['600'])
    await once(sleeper, 'spawn')
    const program = readlinkSync(`/proc/${sleeper.pid}/exe`)
    await using quarry = await startQuarry({ agents: 1 })
    await waitForDevices(quarry.call, 1)
    const sql = `SELECT '${program}' AS path UNION ALL SELECT '/no/such/program' UNION ALL SELECT ''`
    const { id } = await startRun(quarry.call, sql)
    await waitForRun(quarry.call, id)
    const browser = await startBrowser()
    try {
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
      const page = await context.newPage()
      const errors: string[] = []
      const watch = (tab: Page) => tab.on('pageerror', (error) => errors.push(error.message))
      context.on('page', watch)
      await signIn(page, quarry.url, quarry.admin)
      await page.goto(`${quarry.url}/live-discover/runs/${id}`)
      const grid = page.getByRole('grid')
      const cell = (row: number, column: number) =>
        grid.locator(`[data-row="${row}"] [data-cell="${column}"]`)
      await cell(0, 1).waitFor()

      // By keyboard: two cells of a column, the menu, the first question.
      await cell(0, 1).click()
      await page.keyboard.press('Shift+ArrowDown')
      await page.keyboard.press('Shift+ArrowDown')
      await expect.poll(() => grid.locator('[data-picked]').count(), waiting).toBe(3)
      await page.keyboard.press('Shift+F10')
      const menu = page.getByRole('menu')
      await menu.getByText(/3 cells, 3 values/).waitFor()
      await menu.locator('[data-question]').first().waitFor()
      // The empty one is told, and the others are asked.
      await menu.getByText(/1 value left out: The cell is empty/).waitFor()
      await picture(page, 'pivot-several')
      const [tab] = await Promise.all([
        context.waitForEvent('page'),
        menu.locator('[data-question]').filter({ hasText: 'Processes that run a program' }).click(),
      ])
      await tab.waitForURL(/runs\/[0-9a-f-]{36}/)
      await tab.getByText(/and 1 more/).waitFor()
      const next = await waitForRun(quarry.call, runId(tab))
      expect(next.variables[0]!.list).toMatchObject({ count: 2 })
      expect(next.resultCount).toBeGreaterThanOrEqual(1)

      // A tab behind another draws once a second.
      await page.bringToFront()
      // What cannot be asked at all is explained.
      await cell(0, 1).click()
      await grid
        .locator('[data-row]')
        .filter({ hasText: "''" })
        .locator('[data-cell="1"]')
        .click({ button: 'right' })
      await menu.getByText('The cell is empty: there is no value to ask about.').waitFor()
      expect(await menu.locator('[data-question]').count()).toBe(0)
      await page.keyboard.press('Escape')

      // Both paths into a new list.
      await cell(0, 1).click()
      await page.keyboard.press('Shift+ArrowDown')
      await page.keyboard.press('Shift+ArrowDown')
      await page.keyboard.press('ContextMenu')
      await menu.getByRole('menuitem', { name: 'Add to IOC list' }).click()
      await page.getByLabel('Name of the new list').fill('My programs')
      await page.getByRole('button', { name: 'Add', exact: true }).click()
      await page.getByText('2 values added to “My programs”.').waitFor()

      // More by hand, with pieces that are none.
      await page.goto(`${quarry.url}/ioc-lists`)
      await page.getByRole('link', { name: 'My programs' }).click()
      await page.getByRole('button', { name: 'Add values…' }).click()
      await page
        .getByRole('dialog')
        .getByLabel('Values', { exact: true })
        .fill('hxxp://evil[.]example/a\nwhat is this\n1[.]2[.]3[.]4\n1.2.3.4')
      const preview = page.getByRole('dialog').getByText('1 URL, 1 address')
      await preview.waitFor()
      await page.getByRole('dialog').getByText('line 2').waitFor()
      await picture(page, 'ioc-add')
      await page.getByRole('button', { name: 'Add the values' }).click()
      await page.getByText('http://evil.example/a').waitFor()
      await picture(page, 'ioc-list')
      const { items: lists } = await quarry.call(listIocLists, { query: {} })
      expect(lists[0]!.counts).toEqual({ filePath: 2, url: 1, ipAddress: 1 })
      await page.goto(`${quarry.url}/ioc-lists`)
      await page.getByRole('link', { name: 'My programs' }).waitFor()
      await picture(page, 'ioc-lists')

      // A query asks with the list.
      const { items } = await quarry.call(listQueries, { query: { search: 'processes.of_program' } })
      await page.goto(`${quarry.url}/live-discover/queries/${items[0]!.id}`)
      await page.getByRole('button', { name: 'Use an IOC list' }).click()
      await page.getByPlaceholder('Choose an IOC list').click()
      await page.getByRole('option', { name: 'My programs (2)' }).click()
      await picture(page, 'query-with-list')
      await page.getByRole('button', { name: /^Run/ }).first().click()
      await page.waitForURL(/runs\/[0-9a-f-]{36}/)
      const listed = await waitForRun(quarry.call, runId(page))
      expect(listed.variables[0]!.list).toMatchObject({ name: 'My programs', count: 2 })
      expect(listed.resultCount).toBeGreaterThanOrEqual(1)

      // The trail becomes an investigation, a row a finding of it.
      await tab.bringToFront()
      await tab.getByRole('button', { name: 'More', exact: true }).click()
      await tab.getByRole('menuitem', { name: 'Add to an investigation' }).click()
      await tab.getByLabel('Name of the new investigation').fill('Strange shell')
      await tab.getByRole('button', { name: 'Add', exact: true }).click()
      await tab.getByRole('navigation').getByRole('link', { name: 'Strange shell' }).waitFor()
      const first = tab.getByRole('grid').locator('[data-row="0"] [data-cell="1"]')
      await first.click({ button: 'right' })
      await tab.getByRole('menuitem', { name: 'Mark as finding' }).click()
      await tab.getByLabel('Why').fill('Nobody knows it.')
      await picture(tab, 'mark-finding')
      await tab.getByRole('button', { name: 'Mark', exact: true }).click()
      await tab.getByText('The row is a finding of “Strange shell”.').waitFor()
      await tab.getByRole('img', { name: 'Finding, suspicious: Nobody knows it.' }).waitFor()
      await picture(tab, 'marked-row')
      await tab.getByRole('navigation').getByRole('link', { name: 'Strange shell' }).click()
      await tab.getByText('Nobody knows it.').first().waitFor()
      await tab.getByLabel('New note').fill('Ask Ada.')
      await tab.getByRole('button', { name: 'Add the note' }).click()
      await tab.getByText('Ask Ada.').waitFor()
      await picture(tab, 'investigation')
      expect(await tab.getByRole('listitem').filter({ hasText: '1.1' }).count()).toBe(1)

      await tab.getByRole('button', { name: 'Report' }).click()
      const [report] = await Promise.all([
        context.waitForEvent('page'),
        tab.getByRole('menuitem', { name: /print/ }).click(),
      ])
      await report.getByRole('heading', { name: 'Strange shell' }).waitFor()
      await report.getByText('Nobody knows it.').first().waitFor()
      await picture(report, 'report')
      // The policy lets its own style sheet in.
      expect(await report.evaluate(() => getComputedStyle(document.body).maxWidth)).toBe('960px')

      await page.bringToFront()
      await page.goto(`${quarry.url}/investigations`)
      await page.getByRole('link', { name: 'Strange shell' }).waitFor()
      await picture(page, 'investigations')
      const { items: kept } = await quarry.call(listInvestigations, {})
      expect(kept).toMatchObject([{ name: 'Strange shell', questions: 2, findings: 1 }])
      expect((await quarry.call(getRun, { params: { id: listed.id }, query: {} })).origin).toBeUndefined()
      expect(errors).toEqual([])
    } finally {
      sleeper.kill()
      await browser.close()
    }
  },
)
