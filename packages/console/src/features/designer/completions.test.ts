import { expect, test } from 'vitest'
import { openVariable, variableCompletions, wordCompletions } from './completions.ts'
import type { KnownSchema } from './known-schema.ts'

const schema: KnownSchema = {
  tables: [
    {
      name: 'processes',
      description: 'Running processes.',
      platforms: ['linux'],
      examples: [],
      devices: 2,
      columns: [
        { name: 'pid', type: 'bigint', description: 'Process id.', index: true },
        { name: 'path', type: 'text', description: 'Path of the program.' },
      ],
    },
    {
      name: 'file',
      description: 'Files.',
      platforms: ['linux'],
      examples: [],
      devices: 2,
      columns: [
        { name: 'path', type: 'text', description: 'Path of the file.', required: true },
        { name: 'dir', type: 'text', description: 'Old.', aliasOf: 'directory' },
      ],
    },
  ],
  functions: [{ name: 'split', signature: 'split(text, separators, index)', description: 'Splits.' }],
}
const labels = (sql: string) => wordCompletions(sql, schema).map(({ label }) => label)

test('offers the columns of the tables that are mentioned, and every function', () => {
  expect(labels('SELECT FROM processes')).toEqual(['pid', 'path', 'split'])
  expect(labels('SELECT')).toEqual(['split'])
})

test('says what a column is; an old name comes last', () => {
  const [path, dir] = wordCompletions('SELECT FROM file', schema)
  expect(path).toMatchObject({ detail: 'file · text, required', info: 'Path of the file.' })
  expect(dir!.boost).toBeLessThan(path!.boost!)
})

test('variables stand in their dollars', () => {
  expect(variableCompletions([{ name: 'least size', dataType: 'integer', value: '1' }])).toEqual([
    { label: '$$least size$$', type: 'variable', detail: 'integer, default 1' },
  ])
})

test.each([
  ['a = $', 4],
  ['a = $$', 4],
  ['a = $$from (da', 4],
  ["a = '$$x$$' AND b = '$$y", 21],
  ['a = $$x$$', undefined],
  ["a = '$$x$$' AND pa", undefined],
  ['a = b', undefined],
])('a variable that is being typed: %s', (line, at) => {
  expect(openVariable(line)).toBe(at)
})
