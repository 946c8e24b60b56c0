import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openMachine } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import { hasTool } from '../testing/tools.ts'
import table from './extended_attributes.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-attributes-'))
const engine = await openMachine([table], { dataDirs: [join(folder, 'data')] })
afterAll(() => {
  engine.close()
  rmSync(folder, { recursive: true })
})

/** Sets attributes by Python, which every distribution has; false where the file system or the user may not. */
function set(path: string, attributes: Record<string, string>): boolean {
  const script = `import os, sys, json
for name, value in json.loads(sys.argv[2]).items(): os.setxattr(sys.argv[1], name, bytes.fromhex(value))`
  try {
    execFileSync('python3', ['-c', script, path, JSON.stringify(attributes)], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const hex = (text: string) => Buffer.from(text).toString('hex')
const file = join(folder, 'file')
writeFileSync(file, '')
writeFileSync(join(folder, 'plain'), '')
const usable =
  hasTool('python3') && set(file, { 'user.text': hex('Größe'), 'user.bytes': '00ff01', 'user.empty': '' })
const all = `SELECT key, value, base64 FROM extended_attributes WHERE path = '${file}' AND key LIKE 'user.%' ORDER BY key`

test.skipIf(!usable)('shows text as it is and bytes in base64 (skipped where none can be set)', () => {
  expect(engine.all(all)).toEqual([
    { key: 'user.bytes', value: 'AP8B', base64: 1 },
    { key: 'user.empty', value: '', base64: 0 },
    { key: 'user.text', value: 'Größe', base64: 0 },
  ])
  const inFolder = `directory = '${folder}' AND key = 'user.text'`
  expect(engine.all(`SELECT * FROM extended_attributes WHERE ${inFolder}`)).toEqual([
    { path: file, directory: folder, key: 'user.text', value: 'Größe', base64: 0 },
  ])
  expect(emptyColumns(engine, table, `extended_attributes WHERE path = '${file}'`)).toEqual([])
})

// Version 2 with the effective bit: dac_override, net_admin and net_raw permitted and inheritable, bpf permitted alone.
const rights = '01000002' + '02300000' + '02300000' + '80000000' + '00000000'
const granted = usable && set(file, { 'security.capability': rights })
test.skipIf(!granted)('shows rights in words (skipped where none can be granted)', () => {
  const sql = `SELECT value, base64 FROM extended_attributes WHERE path = '${file}' AND key = 'security.capability'`
  expect(engine.all(sql)).toEqual([
    { value: '= cap_dac_override,cap_net_admin,cap_net_raw+eip cap_bpf+ep', base64: 0 },
  ])
})

test('what is absent has none, and Quarry’s own data is closed', () => {
  expect(engine.all(`SELECT * FROM extended_attributes WHERE path = '${folder}/none'`)).toEqual([])
  expect(engine.lastWarnings).toEqual([])
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'data/key'), '')
  set(join(folder, 'data/key'), { 'user.text': hex('secret') })
  expect(engine.all(`SELECT * FROM extended_attributes WHERE path = '${folder}/data/key'`)).toEqual([])
  expect(engine.lastWarnings[0]?.message).toContain('Quarry does not read its own data')
})
