import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startQuarry, startRun, waitForDevices, waitForRun } from '@quarry/devkit'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { picture, signIn, startBrowser, whyNoBrowser } from './console-page.ts'

const waiting = { timeout: 30_000 }
const key = 'my-access-key-0123456789'

/** A service in the form of ipstack, which wants the key. */
async function startIpstack() {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://x')
    asked.push(url.pathname.slice(1))
    const places: Record<string, [string, string]> = {
      '/198.51.100.7': ['Netherlands', 'Amsterdam'],
      '/198.51.100.8': ['Iceland', 'Reykjavik'],
    }
    const [country_name, city] = places[url.pathname] ?? ['United States', 'Los Angeles']
    const known = url.searchParams.get('access_key') === key
    const error = { code: 101, info: 'You have not supplied a valid API Access Key.' }
    response.end(JSON.stringify(known ? { country_name, city, latitude: 52.37 } : { success: false, error }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    place: `127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

test.skipIf(whyNoBrowser)(
  `the manual’s address and a key make a connector, and a remote address leads to its country and city${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`,
  { timeout: 120_000 },
  async () => {
    await using ipstack = await startIpstack()
    await using quarry = await startQuarry({ agents: 1 })
    await waitForDevices(quarry.call, 1)
    const sql =
      "SELECT '198.51.100.7' AS remote_address, 443 AS remote_port UNION ALL SELECT '198.51.100.8', 22 UNION ALL SELECT '10.0.0.5', 80"
    const run = await startRun(quarry.call, sql)
    await waitForRun(quarry.call, run.id)
    const browser = await startBrowser()
    try {
      const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      await signIn(page, quarry.url, quarry.admin)
      await addConnector(page, ipstack.place)
      await picture(page, 'connector')

      await page.goto(`${quarry.url}/live-discover/runs/${run.id}`)
      await openMenu(page, '198.51.100.7')
      await picture(page, 'cell-menu')
      await page.getByRole('menuitem', { name: /My ipstack/ }).click()
      const card = page.getByRole('region', { name: 'What My ipstack says' })
      await expect.poll(() => termOf(card, 'Country'), waiting).toBe('Netherlands')
      expect(await termOf(card, 'City')).toBe('Amsterdam')
      await card.getByRole('button', { name: 'Show the raw answer' }).click()
      expect(await card.locator('pre').textContent()).toContain('"city": "Amsterdam"')
      await picture(page, 'enrichment-card')
      expect(await page.content()).not.toContain(key)
      await page.keyboard.press('Escape')

      await openMenu(page, '10.0.0.5')
      await expect.poll(() => page.getByText(/private address/).count(), waiting).toBeGreaterThan(0)
      expect(await page.getByRole('menuitem', { name: /My ipstack/ }).count()).toBe(0)
      await page.keyboard.press('Escape')

      await askAboutSeveral(page)
      await addColumns(page)
      expect(ipstack.asked.filter((path) => path === '198.51.100.7')).toHaveLength(1)
      expect(errors).toEqual([])
    } finally {
      await browser.close()
    }
  },
)

async function addConnector(page: Page, place: string): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Connectors', exact: true }).click()
  await expect
    .poll(() => page.getByRole('link', { name: 'VirusTotal', exact: true }).count(), waiting)
    .toBe(1)
  await picture(page, 'connectors')
  await page.getByRole('link', { name: 'Add a connector' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('My ipstack')
  await page.getByRole('textbox', { name: /What it says/ }).fill('Country and city of an address')
  const address = page.getByRole('textbox', { name: 'Address', exact: true })
  await address.fill(`http://${place}/{ip}?access_key={key}`)
  await address.blur()
  expect(await address.inputValue()).toBe(`http://${place}/{value}`)
  expect(await page.getByRole('textbox', { name: 'Value of field 1', exact: true }).inputValue()).toBe(
    '{secret.key}',
  )
  await addField(page, 1, 'country', 'Country', 'country_name')
  await addField(page, 2, 'city', 'City', 'city')
  await page.getByLabel(/The service is inside/).check()
  await page.getByLabel('API key', { exact: true }).fill(key)
  await page
    .getByRole('region', { name: 'Test' })
    .getByRole('textbox', { name: 'Value', exact: true })
    .fill('203.0.113.9')
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  const outcome = page.getByRole('region', { name: 'Test' })
  await expect.poll(() => termOf(outcome, 'City'), waiting).toBe('Los Angeles')
  expect(await outcome.locator('pre').first().textContent()).toContain('access_key=••••••')
  await picture(page, 'add-connector')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.waitForURL(/\/settings\/connectors\/[0-9a-f-]{36}$/)
  await expect.poll(() => page.getByText('ready').count(), waiting).toBeGreaterThan(0)
}

/** Picks the three addresses by keys, and asks about all of them. */
async function askAboutSeveral(page: Page): Promise<void> {
  await page.getByRole('gridcell').filter({ hasText: '198.51.100.7' }).first().click()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: /My ipstack/ }).click()
  const table = page.getByRole('region', { name: 'What My ipstack says' })
  await expect.poll(() => table.getByRole('row').count(), waiting).toBe(4)
  // The value of the cell with the menu stands first.
  expect(await table.getByRole('row').allTextContents()).toEqual([
    'ValueCountryCity',
    expect.stringMatching(/^10\.0\.0\.5This is a private address.*Nothing was sent\.$/),
    '198.51.100.7NetherlandsAmsterdam',
    '198.51.100.8IcelandReykjavik',
  ])
  await picture(page, 'enrichment-table')
  await page.keyboard.press('Escape')
}

/** Adds the connector as columns, waits for the answers, sorts and filters by them. */
async function addColumns(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Enrich', exact: true }).click()
  const marking = page.getByRole('combobox', { name: 'Values of this run are' })
  await expect.poll(() => marking.inputValue().catch(() => ''), waiting).toBe('not marked')
  await picture(page, 'enrich-menu')
  await page
    .getByRole('menuitem', { name: /My ipstack/ })
    .first()
    .click()
  const chip = page.getByRole('status', { name: 'My ipstack of remote_address' })
  await expect.poll(() => chip.textContent(), waiting).toContain('2 found, 0 unknown1 without an answer')
  const cities = () =>
    page
      .getByRole('gridcell')
      .filter({ hasText: /Amsterdam|Reykjavik/ })
      .allTextContents()
  await expect
    .poll(async () => (await cities()).map((text) => text.slice(0, 4)), waiting)
    .toEqual(['Amst', 'Reyk'])
  await page.getByRole('columnheader', { name: /My ipstack: City/ }).click()
  await page.getByRole('columnheader', { name: /My ipstack: City/ }).click()
  await expect
    .poll(async () => (await cities()).map((text) => text.slice(0, 4)), waiting)
    .toEqual(['Reyk', 'Amst'])
  await picture(page, 'enriched-columns')
  await page.getByPlaceholder('Search in all columns').fill('reykjavik')
  await expect.poll(async () => (await cities()).length, waiting).toBe(1)
  await page.reload()
  await expect.poll(async () => (await cities()).length, waiting).toBe(1)
}

async function addField(page: Page, at: number, name: string, label: string, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a field of the answer' }).click()
  await page.getByLabel(`Name of field of the answer ${at}`).fill(name)
  await page.getByLabel(`Called of field of the answer ${at}`).fill(label)
  await page.getByLabel(`Path of field of the answer ${at}`).fill(path)
}

async function openMenu(page: Page, text: string): Promise<void> {
  const cell = page.getByRole('gridcell').filter({ hasText: text }).first()
  await expect.poll(() => cell.count(), waiting).toBe(1)
  await cell.click({ button: 'right' })
}

const termOf = async (card: Locator, name: string) =>
  await card
    .locator('dt', { hasText: name })
    .first()
    .evaluate((term) => term.nextElementSibling?.textContent ?? '')
    .catch(() => '')
