import { expect, test } from 'vitest'
import { countedCell } from './counted-cells.ts'

test('hashes, paths, addresses and names are counted, and nothing that means no thing in particular', () => {
  expect(countedCell('ipAddress', '203.0.113.9')).toEqual({ type: 'ipAddress', value: '203.0.113.9' })
  expect(countedCell('filePath', '/bin/sh')).toEqual({ type: 'filePath', value: '/bin/sh' })
  expect(countedCell('ipAddress', '127.0.0.1')).toBeUndefined()
  expect(countedCell('username', 'root')).toBeUndefined()
  expect(countedCell('sha256', null)).toBeUndefined()
  expect(countedCell(undefined, '/bin/sh')).toBeUndefined()
})
