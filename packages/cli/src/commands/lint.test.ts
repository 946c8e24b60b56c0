import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import lintCommand from './lint.ts'

async function lint(sql: string) {
  let out = ''
  const terminal = {
    out: (text: string) => {
      out += text
    },
    err() {},
    interactive: false,
    signal: AbortSignal.abort(),
    env: {},
  }
  const code = await lintCommand.run([sql], {}, terminal)
  return { out, code }
}

test('says where what is wrong stands, by the tables of the agent', async () => {
  expect(
    await lint(
      "SELECT p.nmae,\n  s.sophosPID\nFROM processes p\nJOIN sophos_process_journal s ON s.cmdLine = '$$x$$'",
    ),
  ).toEqual({
    out: [
      '1:10 error: “processes” has no column “nmae”. Did you mean “name”?',
      '2:5 info: “sophosPID” is an old name of “sophos_pid”.',
      '4:6 info: Without a constraint on “time” a journal shows the last 15 minutes.',
      '4:36 info: “cmdLine” is an old name of “cmd_line”.',
      '',
    ].join('\n'),
    code: 1,
  })
})

test('reads a file, and warnings are no failure', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quarry-lint-'))
  try {
    const path = join(folder, 'hunt.sql')
    writeFileSync(path, 'SELECT path\r\n  FROM file')
    expect(await lint(path)).toEqual({
      out: '2:8 warning: “file” gives no rows without a constraint on “path” or “directory”.\n',
      code: 0,
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a file that is not there is said', async () => {
  await expect(lint('/nowhere/hunt.sql')).rejects.toThrow('/nowhere/hunt.sql cannot be read: ENOENT.')
})
