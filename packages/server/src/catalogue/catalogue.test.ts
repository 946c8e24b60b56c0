import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readCatalogue, shippedFolder } from './catalogue.ts'
import { queryIdOf } from './ids.ts'

test('the shipped catalogue can be read, each entry under its own id', () => {
  const { queries } = readCatalogue()
  expect(queries.size).toBeGreaterThanOrEqual(40)
  expect(queries.get(queryIdOf('network.open_connections'))?.category).toBe('network')
})

test.each([
  [
    'network/x.yaml',
    (text: string) => text.replace('status: stable', 'status: great'),
    /network\/x\.yaml.*status/,
  ],
  ['network/x.yaml', (text: string) => text, /id: is “network.open_connections” but must be “network.x”/],
  ['nowhere/x.yaml', (text: string) => text, /there is no category “nowhere”/],
  ['network/x.yaml', () => 'a: [', /The YAML cannot be read/],
])('a wrong file (%s) is named with what is wrong', (file, change, message) => {
  const folder = mkdtempSync(join(tmpdir(), 'quarry-catalogue-'))
  const text = readFileSync(join(shippedFolder, 'network/open_connections.yaml'), 'utf8')
  mkdirSync(join(folder, file, '..'), { recursive: true })
  writeFileSync(join(folder, file), change(text))
  expect(() => readCatalogue(folder)).toThrow(message)
  rmSync(folder, { recursive: true })
})
