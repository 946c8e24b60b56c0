// What the SQL editor marks: in the browser, over a real server and devices that have different tables.
import { startQuarry } from '@quarry/devkit'
import { createEnrolmentToken } from '@quarry/schema/endpoints/enrolment-tokens'
import { expect, test } from 'vitest'
import { enrolTestDevice, type TestDevice } from '../packages/devkit/src/test-device.ts'
import { picture, signIn, startBrowser, whyNoBrowser } from './console-page.ts'

const waiting = { timeout: 15_000 }
const table = (name: string) => ({
  name,
  description: `The table ${name}.`,
  platforms: ['linux' as const],
  columns: [{ name: 'uid', type: 'bigint' as const, description: 'User id.' }],
  examples: [],
})

test.skipIf(whyNoBrowser)(
  `the editor marks what the chosen devices lack${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`,
  { timeout: 60_000 },
  async () => {
    await using quarry = await startQuarry({ agents: 0 })
    const { secret } = await quarry.call(createEnrolmentToken, { body: { name: 'test', maxUses: 3 } })
    const devices: TestDevice[] = []
    for (const [hostname, tables] of [
      ['web-1', ['processes', 'users']],
      ['web-2', ['processes']],
      ['db-1', ['processes']],
    ] as const) {
      const device = await enrolTestDevice(quarry.url, secret, hostname)
      await device.link()
      device.send({ type: 'tables', tables: tables.map(table), functions: [] })
      devices.push(device)
    }
    const browser = await startBrowser()
    try {
      const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
      await signIn(page, quarry.url, quarry.admin)
      const choose = (selection: object) =>
        page.goto(
          `${quarry.url}/live-discover/queries/new?devices=${encodeURIComponent(JSON.stringify(selection))}`,
        )
      /** What the editor says of each mark, in the order of the text. */
      const said = async () => {
        const texts: string[] = []
        for (const mark of await page.locator('.cm-lintRange').all()) {
          await mark.hover()
          texts.push(await page.locator('.cm-diagnosticText').first().innerText())
          await page.mouse.move(0, 0)
          await page.locator('.cm-tooltip-lint').waitFor({ state: 'detached' })
        }
        return texts
      }
      const type = async (selection: object, sql: string) => {
        await choose(selection)
        await page.getByLabel('SQL', { exact: true }).fill(sql)
      }
      const sql = 'SELECT u.uid, p.uidd\nFROM users u JOIN processes p USING (uid)'
      const wrong = '“processes” has no column “uidd”. Did you mean “uid”?'
      await type({ mode: 'all' }, sql)
      await expect
        .poll(said, waiting)
        .toEqual([wrong, '2 of the 3 chosen devices do not have the table “users”.'])
      await page.locator('.cm-lintRange').last().hover()
      await picture(page, 'designer-lint')

      await type({ mode: 'chosen', ids: [devices[1]!.endpointId, devices[2]!.endpointId] }, sql)
      await expect.poll(said, waiting).toEqual([wrong, 'None of the chosen devices has the table “users”.'])

      await type({ mode: 'match', search: 'web-1' }, sql)
      await expect.poll(said, waiting).toEqual([wrong])
    } finally {
      await browser.close()
    }
  },
)
