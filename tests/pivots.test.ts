import { startQuarry, startRun, waitForDevices, waitForRun } from '@quarry/devkit'
import type { Call, PivotType } from '@quarry/schema'
import { listConnectors } from '@quarry/schema/endpoints/connectors'
import { listPivots } from '@quarry/schema/endpoints/pivots'
import { listQueries } from '@quarry/schema/endpoints/queries'
import { getResults } from '@quarry/schema/endpoints/run-results'
import type { BrowserContext, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { picture, signIn, startBrowser, whyNoBrowser } from './console-page.ts'
import { cannotMakeNamespaces, makeNamespace } from './namespace.ts'
import { talkers } from './talkers.ts'

const why = whyNoBrowser ?? cannotMakeNamespaces()
const waiting = { timeout: 30_000 }

/** The columns of the shipped query in their order, what each holds, and the groups of pivots that it offers. */
const table: [column: string, type: PivotType | undefined, groups: string[]][] = [
  ['epName', 'deviceName', ['actions', 'lake']],
  ['sophos_pid', 'sophosPid', ['live', 'lake']],
  ['path', 'filePath', ['live', 'lake']],
  ['local_port', undefined, []],
  ['remote_address', 'ipAddress', ['live', 'lake', 'enrichment']],
  ['remote_port', undefined, []],
  ['local_rep', undefined, []],
  ['global_rep', undefined, []],
  ['ml_score', undefined, []],
  ['pua_score', undefined, []],
  ['sha256', 'sha256', ['live', 'lake', 'enrichment']],
]

/** Questions about the present that this machine must have an answer to; the past is not recorded here, nobody signed in from there. */
const answered = [
  'Everything about one process',
  'Sockets of one process',
  'Processes that run a program',
  'Open sockets to an address',
  'Processes with a hash',
]

test.skipIf(why)(
  // Each pivot is a run of its own in a tab of its own, which takes a second.
  `every cell of the shipped query offers what it should, and each question runs in a new tab${why ? ` (${why})` : ''}`,
  { timeout: 300_000 },
  async () => {
    await using quarry = await startQuarry({ agents: 1 })
    await using namespace = makeNamespace('203.0.113.9/32', '2001:db8::9/128')
    await namespace.start(talkers)
    await waitForDevices(quarry.call, 1)
    const { items } = await quarry.call(listQueries, { query: { search: 'network.open_connections' } })
    const query = items[0]!
    const { id } = await startRun(quarry.call, '', {
      adHocQuery: undefined,
      savedQuery: { queryId: query.id },
    })
    await waitForRun(quarry.call, id)
    const { metadata } = await quarry.call(getResults, { params: { id }, query: {} })
    expect(metadata.columns.map(({ name, pivotType, pivots }) => [name, pivotType, pivots])).toEqual(table)

    const browser = await startBrowser()
    try {
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
      const page = await context.newPage()
      const errors: string[] = []
      context.on('page', (tab) => tab.on('pageerror', (error) => errors.push(error.message)))
      page.on('pageerror', (error) => errors.push(error.message))
      await signIn(page, quarry.url, quarry.admin)
      await page.goto(`${quarry.url}/live-discover/runs/${id}`)
      await cellOf(page, 'remote_address').waitFor()

      const category = query.categories[0]!.id
      const rows = new Map<string, number>()
      const enriched: string[] = []
      for (const [column, type, groups] of table) {
        const offered = type
          ? (await quarry.call(listPivots, { query: { type, categoryId: category } })).items
          : []
        const expected = offered.filter(({ engine }) => groups.includes(engine)).map(({ name }) => name)
        await openMenu(page, column, expected.length > 0)
        expect([column, await questions(page)]).toEqual([column, expected])
        const services = groups.includes('enrichment') ? await enrichments(quarry.call, type!) : []
        await expect.poll(() => offeredServices(page), waiting).toEqual(services)
        if (services.length > 0) enriched.push(column)
        if (column === 'remote_address' || column === 'sophos_pid')
          await picture(page, `pivot-menu-${column}`)
        if (column === 'sophos_pid') await searchByKeyboard(page)
        await page.keyboard.press('Escape')
        for (const name of expected) {
          if (rows.has(name)) continue
          await openMenu(page, column, true)
          const run = await follow(context, page, name)
          const ended = await waitForRun(quarry.call, run)
          expect([name, ended.result, ended.origin]).toEqual([
            name,
            'succeeded',
            expect.objectContaining({ runId: id, column, count: 1 }),
          ])
          rows.set(name, ended.resultCount)
        }
      }
      expect(Object.fromEntries(answered.map((name) => [name, (rows.get(name) ?? 0) > 0]))).toEqual(
        Object.fromEntries(answered.map((name) => [name, true])),
      )
      expect(enriched).toEqual(['remote_address', 'sha256'])
      expect(errors).toEqual([])
    } finally {
      await browser.close()
    }
  },
)

/** A cell of the row of an IPv4 peer. */
function cellOf(page: Page, column: string) {
  const row = page.getByRole('row').filter({ hasText: '203.0.113.9' }).first()
  return row.locator(`[data-cell="${table.findIndex(([name]) => name === column)}"]`)
}

async function openMenu(page: Page, column: string, withQuestions: boolean): Promise<void> {
  await cellOf(page, column).click({ button: 'right' })
  await page.getByRole('menu').waitFor()
  if (withQuestions) await page.getByRole('radiogroup', { name: 'Devices to ask' }).waitFor()
}

/** The field of a long menu has the focus: what is typed narrows it, the arrow goes on to the first question. */
async function searchByKeyboard(page: Page): Promise<void> {
  await page.keyboard.type('environment')
  await expect.poll(() => questions(page), waiting).toEqual(['Environment of a process'])
  await page.keyboard.press('ArrowDown')
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
  await expect.poll(focused, waiting).toContain('Environment of a process')
}

/** The names of the questions on show, from the top. */
const questions = (page: Page) => page.getByRole('menu').locator('[data-question]').allTextContents()

/** The names of the services and links on show. */
const offeredServices = (page: Page) => page.getByRole('menu').locator('[data-enrichment]').allTextContents()

/** The connectors that can be asked about a value of a kind: those that answer, then links. */
async function enrichments(call: Call, type: PivotType): Promise<string[]> {
  const { items } = await call(listConnectors, { query: { type, usable: 'true' } })
  const ready = items.filter(({ kind, state }) => kind !== 'link' && state.code === 'ready')
  return [...ready, ...items.filter(({ kind }) => kind === 'link')].map(({ name }) => name)
}

/** Clicks a question, looks at the tab that opens, closes it, and returns the id of its run. */
async function follow(context: BrowserContext, page: Page, name: string): Promise<string> {
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('menu').locator('[data-question]').filter({ hasText: name }).first().click(),
  ])
  await tab.waitForURL(/\/live-discover\/runs\/[0-9a-f-]{36}/)
  const crumbs = tab.getByRole('navigation', { name: 'Where this question came from' })
  await expect
    .poll(() => crumbs.textContent(), waiting)
    .toContain('Processes with an open network connection')
  if (name === answered[3]) await picture(tab, 'pivot-run')
  const id = /runs\/([0-9a-f-]{36})/.exec(tab.url())![1]!
  await tab.close()
  return id
}
