import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startQuarry, waitForDevices } from '@quarry/devkit'
import { chromium, type Page } from 'playwright-core'
import { expect, test } from 'vitest'

const browserPath = '/usr/bin/chromium'
const why = existsSync(browserPath) ? undefined : 'needs Debian’s chromium'
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

test.skipIf(why)(
  `a person signs in, finds a query, runs it, sees rows and exports them${why ? ` (${why})` : ''}`,
  {
    timeout: 120_000,
  },
  async () => {
    await using quarry = await startQuarry({ agents: 1 })
    await waitForDevices(quarry.call, 1)
    const folder = mkdtempSync(join(tmpdir(), 'quarry-browser-'))
    const browser = await chromium.launch({ executablePath: browserPath, args: flags })
    try {
      const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, acceptDownloads: true })
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      await signIn(page, quarry.url, quarry.admin)

      await page.getByPlaceholder(/search queries/i).fill('accounts that the device knows')
      await page.getByText('Accounts of the device').first().click()
      await page.getByRole('button', { name: /^Run/ }).first().click()
      await page.waitForURL(/\/live-discover\/runs\/[0-9a-f-]{36}/)
      await expect
        .poll(() => page.getByRole('gridcell', { name: 'root', exact: true }).count(), { timeout: 30_000 })
        .toBeGreaterThan(0)
      const shot = process.env.QUARRY_SCREENSHOTS
      if (shot) await page.screenshot({ path: join(shot, 'run.png') })

      await page.getByRole('button', { name: /Export/ }).click()
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: /CSV/ }).first().click(),
      ])
      const path = join(folder, 'rows.csv')
      await file.saveAs(path)
      const [head, ...rows] = readFileSync(path, 'utf8').split('\r\n')
      expect(head).toBe('epName,uid,gid,username,description,directory,shell')
      expect(rows.some((row) => row.includes(',0,0,root,'))).toBe(true)
      expect(errors).toEqual([])
    } finally {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    }
  },
)

async function signIn(page: Page, url: string, admin: { username: string; password: string }): Promise<void> {
  await page.goto(url)
  await page.getByLabel(/user name/i).fill(admin.username)
  await page.getByLabel(/^password/i).fill(admin.password)
  await page.getByRole('button', { name: /sign in/i }).click()
  await page.waitForURL(/live-discover/)
}
