import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'

const browserPath = '/usr/bin/chromium'
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Why no browser can be started here; undefined when one can. */
export const whyNoBrowser = existsSync(browserPath) ? undefined : 'needs Debian’s chromium'

/** Starts Debian's Chromium without a window. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: browserPath, args: flags })

/** Opens the console and signs in. */
export async function signIn(
  page: Page,
  url: string,
  admin: { username: string; password: string },
): Promise<void> {
  await page.goto(url)
  await page.getByLabel(/user name/i).fill(admin.username)
  await page.getByLabel(/^password/i).fill(admin.password)
  await page.getByRole('button', { name: /sign in/i }).click()
  await page.waitForURL(/live-discover/)
}

/** With `QUARRY_SCREENSHOTS=<folder>`, keeps how the page looks: light and dark, on a small and a large screen. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.QUARRY_SCREENSHOTS
  if (!folder) return
  for (const colorScheme of ['light', 'dark'] as const)
    for (const [width, height] of [
      [1920, 1080],
      [1366, 768],
    ] as const) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height })
      await page.waitForTimeout(400)
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${width}.png`) })
    }
  await page.emulateMedia({ colorScheme: 'light' })
}
