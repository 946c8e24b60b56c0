import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { startServer } from './start.ts'
import { signInAs } from './testing/person.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-reset-'))
const data = join(folder, 'data')
afterAll(() => rmSync(folder, { recursive: true }))

const reset = (path: string) =>
  promisify(execFile)(process.execPath, [join(import.meta.dirname, 'reset-admin.ts')], {
    env: { PATH: process.env.PATH, QUARRY_DATA: path },
  })

test('gives admin a new one-time password, when no server is running', async () => {
  const options = { data, port: 0, adminPassword: 'forgotten password', logLevel: 'silent' }
  const server = await startServer(options)
  await expect(reset(data)).rejects.toMatchObject({
    code: 1,
    stderr: `Another Quarry server is using the data folder ${data}.\n`,
  })
  await server.close()

  const { stdout } = await reset(data)
  const password = /is now (\S+)\n$/.exec(stdout)![1]!
  await using again = {
    ...(await startServer(options)),
    async [Symbol.asyncDispose]() {
      await this.close()
    },
  }
  expect((await signInAs(again.url, 'admin', password)).session.mustChangePassword).toBe(true)
  await expect(signInAs(again.url, 'admin', 'forgotten password')).rejects.toThrow('wrong')
})

test('says when there is nothing to reset', async () => {
  const empty = join(folder, 'empty')
  await expect(reset(empty)).rejects.toMatchObject({
    code: 1,
    stderr: `The data folder ${empty} has no account "admin".\n`,
  })
})
