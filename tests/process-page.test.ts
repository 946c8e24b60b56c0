import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ask, startQuarry, waitForDevices } from '@quarry/devkit'
import { expect, test } from 'vitest'
import { picture, signIn, startBrowser, whyNoBrowser } from './console-page.ts'

const why = whyNoBrowser ?? (process.getuid?.() === 0 ? undefined : 'needs root to see every process')
const waiting = { timeout: 60_000, interval: 500 }

test.skipIf(why)(
  `a person follows a process from a cell to its tree and timeline${why ? ` (${why})` : ''}`,
  { timeout: 240_000 },
  async () => {
    await using quarry = await startQuarry({ agents: 1, agentEnv: { QUARRY_RECORDING: 'on' } })
    await waitForDevices(quarry.call, 1)
    const folder = mkdtempSync(join(tmpdir(), 'quarry-process-'))
    const browser = await startBrowser()
    const script = `cp /bin/true ${folder}/dropped; ${folder}/dropped --one; ${folder}/dropped --two; sleep 0.3; rm ${folder}/dropped; exit 3`
    try {
      const recorded = "SELECT events FROM quarry_journals WHERE subject = 'Process' AND events > 0"
      await expect.poll(async () => (await ask(quarry.call, recorded)).rows.length, waiting).toBe(1)
      const shell = spawn('/bin/sh', ['-c', script], { stdio: 'ignore' })
      const sql = `SELECT sophos_pid, process_name FROM sophos_process_journal WHERE time > 0 AND event_type = 0 AND pid = ${shell.pid}`
      await expect.poll(async () => (await ask(quarry.call, sql)).rows.length, waiting).toBeGreaterThan(0)
      const { run } = await ask(quarry.call, sql)

      const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      await signIn(page, quarry.url, quarry.admin)
      await page.goto(`${quarry.url}/live-discover/runs/${run.id}`)
      await page
        .getByRole('gridcell')
        .filter({ hasText: `${shell.pid}:` })
        .first()
        .click({ button: 'right' })
      await page.getByRole('menuitem', { name: 'Process tree and timeline' }).click()
      await page.waitForURL(/\/processes\/\d+(:|%3A)\d+/)

      const tree = page.getByRole('treeitem')
      const names = () => tree.allTextContents()
      // The shell, and below it cp, the dropped file twice, sleep and rm; above it this test and whatever started it.
      await expect
        .poll(async () => (await names()).filter((name) => /dropped/.test(name)).length, waiting)
        .toBe(2)
      expect((await names()).filter((name) => /^.?(cp|sleep|rm)\d/.test(name)).length).toBe(3)
      await expect.poll(() => page.getByText('exit code 3').count(), waiting).toBeGreaterThan(0)
      const deeds = page.getByRole('row').filter({ hasText: `${folder}/dropped` })
      await expect.poll(() => deeds.count(), waiting).toBeGreaterThan(0)
      await picture(page, 'process')

      await page.getByRole('button', { name: 'Zoom in' }).click()
      expect(page.url()).toMatch(/from=.*to=/)
      const whole = await page.getByRole('button', { name: 'all', exact: true })
      await whole.click()
      expect(page.url()).not.toMatch(/from=/)

      await page.goto(page.url().replace(/\/processes\/.*$/, ''))
      await expect.poll(() => page.getByText('sophos_process_journal').count(), waiting).toBe(1)
      await picture(page, 'device')
      expect(errors).toEqual([])
    } finally {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
