import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readRows, startQuarry, startRun, waitForDevices, waitForRun } from '@quarry/devkit'
import type { Call, PivotType } from '@quarry/schema'
import { listConnectors } from '@quarry/schema/endpoints/connectors'
import { listPivots, type Pivot } from '@quarry/schema/endpoints/pivots'
import { listQueries } from '@quarry/schema/endpoints/queries'
import { getResults } from '@quarry/schema/endpoints/run-results'
import type { RunOrigin } from '@quarry/schema/endpoints/runs'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { picture, signIn, startBrowser, whyNoBrowser } from './console-page.ts'
import { cannotMakeNamespaces, makeNamespace } from './namespace.ts'
import { makeTalker, peer, type Talker, talkOf, writePast } from './pivot-past.ts'

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

/** Questions that this machine rightly has no answer to; every other one has. */
const unanswered: Record<string, string> = {
  'Programs of packages that were changed': 'the program belongs to no package',
  'Files with a high score of malware or unwanted software': 'the program is none',
  'Sessions from an address': 'nobody is signed in from an address of the documentation',
}

/** One question for each column, asked with a click. */
const clicked: Record<string, string> = {
  sophos_pid: 'Everything about one process',
  path: 'Processes that run a program',
  remote_address: 'Open sockets to an address',
  sha256: 'Processes with a hash',
}

const program = why ? '' : makeTalker()
afterAll(() => rmSync(dirname(program), { recursive: true, force: true }))

test.skipIf(why)(
  // 31 questions run on the device, each by the API and in a tab of its own.
  `every cell of the shipped query offers what it should, and each question finds rows${why ? ` (${why})` : ''}`,
  { timeout: 300_000 },
  async () => {
    await using quarry = await startQuarry({ agents: 1 })
    await using namespace = makeNamespace(`${peer}/32`)
    await namespace.start(talkOf(program))
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
    const row = (await readRows(quarry.call, id)).find(({ path }) => path === program)!
    await quarry.agents[0]!.stop()
    writePast(join(quarry.folder, 'agent-0', 'journals'), row as unknown as Talker)
    await quarry.restartAgent(0)

    const category = query.categories[0]!.id
    const offered = new Map<string, Pivot[]>()
    const asked: [name: string, id: string][] = []
    for (const [column, type, groups] of table) {
      offered.set(column, await offeredFor(quarry.call, category, type, groups))
      const value = String(row[column])
      for (const pivot of offered.get(column)!)
        asked.push([pivot.name, await ask(quarry.call, pivot, { runId: id, column, value, count: 1 })])
    }

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

      const enriched: string[] = []
      for (const [column, type, groups] of table) {
        // Read anew: the questions above changed which are most used, and with it the order.
        const expected = (await offeredFor(quarry.call, category, type, groups)).map(({ name }) => name)
        await openMenu(page, column, expected.length > 0)
        expect([column, await questions(page)]).toEqual([column, expected])
        const services = groups.includes('enrichment') ? await enrichments(quarry.call, type!) : []
        await expect.poll(() => offeredServices(page), waiting).toEqual(services)
        if (services.length > 0) enriched.push(column)
        if (column === 'remote_address' || column === 'sophos_pid')
          await picture(page, `pivot-menu-${column}`)
        if (column === 'sophos_pid') {
          await searchByKeyboard(page)
          await page.keyboard.press('Escape')
          await openMenu(page, column, true)
        }
        await page.keyboard.press('Escape')
        for (const name of expected) {
          await openMenu(page, column, true)
          const run = await waitForRun(
            quarry.call,
            await follow(context, page, name, name === clicked[column]),
          )
          expect([name, run.result, run.origin]).toEqual([
            name,
            'succeeded',
            expect.objectContaining({ runId: id, column, count: 1 }),
          ])
        }
      }
      expect(enriched).toEqual(['remote_address', 'sha256'])
      expect(errors).toEqual([])
    } finally {
      await browser.close()
    }

    const found: Record<string, unknown> = {}
    for (const [name, id] of asked) {
      const { result, resultCount } = await waitForRun(quarry.call, id)
      found[name] = [result, resultCount > 0]
    }
    const names = asked.map(([name]) => name)
    expect(found).toEqual(Object.fromEntries(names.map((name) => [name, ['succeeded', !unanswered[name]]])))
    expect(names).toEqual(expect.arrayContaining([...Object.keys(unanswered), ...Object.values(clicked)]))
  },
)

/** Reads all files of a folder that is not the program's unless it is told. */
const inFolder = 'Files with a hash in a folder'

/** The saved queries that a cell offers, the best first. */
async function offeredFor(call: Call, categoryId: string, type: PivotType | undefined, groups: string[]) {
  if (!type) return []
  const { items } = await call(listPivots, { query: { type, categoryId } })
  return items.filter(({ engine }) => groups.includes(engine))
}

/** Asks as the menu does, and returns the id of the run. The one question that reads a whole folder reads that of the program. */
async function ask(call: Call, pivot: Pivot, origin: RunOrigin): Promise<string> {
  const folder = { name: 'files', value: `${dirname(program)}/%%` }
  const { id } = await startRun(call, '', {
    adHocQuery: undefined,
    savedQuery: { queryId: pivot.queryId },
    variables: [{ name: pivot.variable, value: origin.value }, ...(pivot.name === inFolder ? [folder] : [])],
    origin,
  })
  return id
}

/** A cell of the row of the program. */
function cellOf(page: Page, column: string) {
  const row = page.getByRole('row').filter({ hasText: program }).first()
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

/** Clicks a question, looks at the tab that opens, closes it, and returns the id of its run. `shows`: the program is among its rows. */
async function follow(context: BrowserContext, page: Page, name: string, shows: boolean): Promise<string> {
  const exactly = new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('menu').locator('[data-question]').filter({ hasText: exactly }).first().click(),
  ])
  await tab.waitForURL(/\/live-discover\/runs\/[0-9a-f-]{36}/)
  const crumbs = tab.getByRole('navigation', { name: 'Where this question came from' })
  await expect
    .poll(() => crumbs.textContent(), waiting)
    .toContain('Processes with an open network connection')
  if (shows) await tab.getByRole('gridcell').filter({ hasText: program }).first().waitFor()
  else if (!unanswered[name] && name !== inFolder) await tab.getByRole('gridcell').first().waitFor()
  if (name === clicked.remote_address) await picture(tab, 'pivot-run')
  const id = /runs\/([0-9a-f-]{36})/.exec(tab.url())![1]!
  await tab.close()
  return id
}
