import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startQuarry, waitForDevices } from '@quarry/devkit'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { picture, signIn, startBrowser, whyNoBrowser } from './console-page.ts'
import { cannotMakeNamespaces, makeNamespace } from './namespace.ts'
import { talkers } from './talkers.ts'

const why = whyNoBrowser ?? cannotMakeNamespaces()
const waiting = { timeout: 30_000 }

test.skipIf(why)(
  `a person signs in, finds the shipped query, runs it, sorts, filters and exports${why ? ` (${why})` : ''}`,
  { timeout: 180_000 },
  async () => {
    await using quarry = await startQuarry({ agents: 1 })
    await using namespace = makeNamespace('203.0.113.9/32', '2001:db8::9/128')
    await namespace.start(talkers)
    await waitForDevices(quarry.call, 1)
    const folder = mkdtempSync(join(tmpdir(), 'quarry-browser-'))
    const browser = await startBrowser()
    try {
      const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, acceptDownloads: true })
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      await signIn(page, quarry.url, quarry.admin)

      await page.getByPlaceholder(/search queries/i).fill('connection to another machine at this moment')
      await picture(page, 'live-discover')
      await page.getByText('Processes with an open network connection').first().click()
      await page.getByRole('button', { name: /^Run/ }).first().click()
      await page.waitForURL(/\/live-discover\/runs\/[0-9a-f-]{36}/)
      const address = page.getByRole('gridcell').filter({ hasText: /^(203\.0\.113\.9|2001:db8::9)/ })
      await expect.poll(() => address.count(), waiting).toBe(13)
      await expect.poll(() => page.getByText(/finished in/).count(), waiting).toBeGreaterThan(0)
      await picture(page, 'run')

      const ports = () => column(page, 'remote_port')
      await page.getByRole('columnheader', { name: /remote_port/ }).click()
      // While the sorted rows are read there are none, which are in order too.
      await expect.poll(async () => rising(await ports()), waiting).toBe(13)
      expect(page.url()).toContain('remote_port')

      await page.getByPlaceholder('Search in all columns').fill('2001:db8::9')
      await expect.poll(() => address.count(), waiting).toBe(2)

      await page.getByRole('button', { name: /Export/ }).click()
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: /CSV/ }).first().click(),
      ])
      const path = join(folder, 'rows.csv')
      await file.saveAs(path)
      const [head, ...rows] = readFileSync(path, 'utf8').trimEnd().split('\r\n')
      expect(head).toBe(
        'epName,sophos_pid,path,local_port,remote_address,remote_port,local_rep,global_rep,ml_score,pua_score,sha256',
      )
      expect(rows).toHaveLength(2)
      for (const row of rows) expect(row).toContain(',2001:db8::9,')
      expect(errors).toEqual([])
    } finally {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    }
  },
)

/** The numbers of a column, from top to bottom. */
async function column(page: Page, name: string): Promise<number[]> {
  const header = page.getByRole('columnheader', { name: new RegExp(name) })
  const index = await header.getAttribute('aria-colindex')
  const cells = await page.locator(`[role=gridcell][aria-colindex="${index}"]`).allTextContents()
  return cells.map(Number)
}

/** How many values there are when they rise; 0 when they do not. */
function rising(values: number[]): number {
  return values.every((value, index) => index === 0 || values[index - 1]! <= value) ? values.length : 0
}
