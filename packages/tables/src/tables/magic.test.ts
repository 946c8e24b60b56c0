import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { openMagic } from '../files/libmagic.ts'
import { openMachine, printed } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import table from './magic.ts'

const usable = Boolean(openMagic(null))
const folder = mkdtempSync(join(tmpdir(), 'quarry-magic-'))
const put = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content)
put('empty', '')
put('script', '#!/bin/sh\necho\n')
put('text', 'Größe\n')
put('zipped', gzipSync('text'))
put('rules', '0 string Gr\\303\\266 a size in German\n')
mkdirSync(join(folder, 'data'))
put('data/key', 'secret')
symlinkSync('/dev/zero', join(folder, 'zero'))
const engine = await openMachine([table], { dataDirs: [join(folder, 'data')] })
afterAll(() => {
  engine.close()
  rmSync(folder, { recursive: true })
})

test.skipIf(!usable)('says what files are (skipped without libmagic)', () => {
  const sql = `SELECT replace(path, '${folder}/', '') AS name, data, mime_type, mime_encoding FROM magic WHERE path LIKE '${folder}/%' AND name <> 'rules' ORDER BY path`
  expect(engine.all(sql)).toEqual([
    { name: 'empty', data: 'empty', mime_type: expect.stringMatching(/x-empty$/), mime_encoding: 'binary' },
    {
      name: 'script',
      data: 'POSIX shell script, ASCII text executable',
      mime_type: 'text/x-shellscript',
      mime_encoding: 'us-ascii',
    },
    { name: 'text', data: 'Unicode text, UTF-8 text', mime_type: 'text/plain', mime_encoding: 'utf-8' },
    {
      name: 'zipped',
      data: expect.stringMatching(/^gzip compressed data/),
      mime_type: 'application/gzip',
      mime_encoding: 'binary',
    },
  ])
  expect(emptyColumns(engine, table, `magic WHERE path = '${folder}/text'`)).toEqual([])
})

const paths = ['/bin/sh', '/etc/passwd', process.execPath]
const told = usable ? printed('file', '-bL', '--', ...paths) : undefined
test.skipIf(!told)('agrees with file (skipped without it)', () => {
  const said = paths.map((path) => engine.all(`SELECT data FROM magic WHERE path = '${path}'`)[0]?.data)
  expect(said).toEqual(told!.trim().split('\n'))
})

test.skipIf(!usable)('takes other rules, but none from Quarry’s own data', () => {
  const sql = (rules: string) =>
    `SELECT data FROM magic WHERE path = '${folder}/text' AND magic_db_files = '${rules}'`
  expect(engine.all(sql(`${folder}/rules`))).toEqual([{ data: expect.stringMatching(/^a size in German/) }])
  expect(engine.all(sql(`${folder}/data/key`))).toEqual([])
  expect(engine.lastWarnings[0]?.message).toContain('Quarry does not read its own data')
  expect(engine.all(`SELECT data FROM magic WHERE path = '${folder}/data/key'`)).toEqual([])
  expect(engine.lastWarnings[0]?.message).toContain('Quarry does not read its own data')
})
