import type { QueryVariable } from '@quarry/schema/endpoints/queries'
import { expect, test } from 'vitest'
import { problemOf, runVariables, unready } from './variable-values.ts'

const now = new Date('2026-11-24T12:00:00.000Z')
const of = (dataType: QueryVariable['dataType'], value?: string): QueryVariable => ({
  name: 'x',
  dataType,
  ...(value !== undefined && { value }),
})

test('nothing typed is right where there is a default, and only there', () => {
  expect(problemOf(of('text', '%'), '', now)).toBeUndefined()
  expect(problemOf(of('text', ''), undefined, now)).toBeUndefined()
  expect(problemOf(of('text'), '', now)).toBe('A value is needed.')
  expect(problemOf(of('integer', ''), '', now)).toBe('A value is needed.')
})

test.each([
  ['text', "it's"],
  ['integer', '-9223372036854775808'],
  ['double', '.5e-3'],
  ['boolean', 'False'],
  ['dateTime', '-24h'],
  ['dateTime', '2026-11-24T09:30'],
] as const)('%s takes %j', (dataType, typed) => {
  expect(problemOf(of(dataType), typed, now)).toBeUndefined()
})

test.each([
  ['text', 'a\0b'],
  ['integer', '1.5'],
  ['integer', '9223372036854775808'],
  ['double', 'much'],
  ['boolean', 'perhaps'],
  ['dateTime', 'last week'],
] as const)('%s refuses %j', (dataType, typed) => {
  expect(problemOf(of(dataType), typed, now)).toMatch(/\.$/)
})

test('a run gets what was typed, with moments worked out and text as it is', () => {
  const variables: QueryVariable[] = [
    { name: 'path', dataType: 'text', pivotType: 'filePath', value: '%' },
    { name: 'start', dataType: 'dateTime' },
    { name: 'port', dataType: 'integer', value: '443' },
    { name: 'rest', dataType: 'text', value: '%' },
  ]
  expect(runVariables(variables, { path: ' /tmp/% ', start: '-1h', port: ' 22 ', rest: '' }, now)).toEqual([
    { name: 'path', dataType: 'text', value: ' /tmp/% ', pivotType: 'filePath' },
    { name: 'start', dataType: 'dateTime', value: '2026-11-24T11:00:00.000Z' },
    { name: 'port', dataType: 'integer', value: '22' },
  ])
})

test('names what keeps a query from running', () => {
  const variables: QueryVariable[] = [
    { name: 'a', dataType: 'text' },
    of('integer', '1'),
    { name: 'b', dataType: 'boolean' },
  ]
  expect(unready(variables, { x: 'one' }, now)).toEqual(['a', 'x', 'b'])
})

test('a list stands for its variable, whatever was typed, once it is chosen', () => {
  const path = { name: 'path', dataType: 'text' as const, pivotType: 'filePath' as const }
  const typed = { path: '/tmp/x' }
  expect(runVariables([path], typed, now, { path: 'an-id' })).toEqual([{ ...path, listId: 'an-id' }])
  expect(unready([path], typed, now, { path: 'an-id' })).toEqual([])
  expect(unready([path], typed, now, { path: '' })).toEqual(['path'])
})
