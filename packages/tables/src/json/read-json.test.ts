import { expect, test } from 'vitest'
import { at, entriesAt, joinedAt, listAt, numberAt, parseJson, textAt } from './read-json.ts'

const value = parseJson(
  '{"a":{"b":"x","n":9223372036854771712,"half":0.5,"yes":true},"list":["p",1,"q"],"big":1e300,"none":null}',
)

test('finds what is there, by its type', () => {
  expect(textAt(value, 'a', 'b')).toBe('x')
  expect(numberAt(value, 'a', 'n')).toBe(9223372036854771712n)
  expect([numberAt(value, 'a', 'half'), numberAt(value, 'a', 'yes'), numberAt(value, 'big')]).toEqual([
    0.5, 1, 1e300,
  ])
  expect(listAt(value, 'list')).toEqual(['p', 1, 'q'])
  expect(joinedAt(value, 'list')).toBe('p, q')
  expect(entriesAt(value, 'a').map(([name]) => name)).toEqual(['b', 'n', 'half', 'yes'])
})

test('gives nothing for what is missing or something else', () => {
  expect(at(value, 'none', 'deeper')).toBeUndefined()
  expect(at(value, 'constructor')).toBeUndefined()
  expect(textAt(value, 'list')).toBeNull()
  expect(numberAt(value, 'a', 'b')).toBeNull()
  expect(listAt(value, 'a')).toEqual([])
  expect(entriesAt(value, 'list')).toEqual([])
})
