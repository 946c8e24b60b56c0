import { expect, test } from 'vitest'
import { parseOsRelease, versionNumbers } from './os-release.ts'

test('reads quoted and bare values, and comments as nothing', () => {
  const text = '# made by hand\nNAME="Quo\\"ted"\nID=debian\nVERSION_ID=\'12\'\n\nEMPTY=\n'
  expect(parseOsRelease(text)).toEqual({ NAME: 'Quo"ted', ID: 'debian', VERSION_ID: '12', EMPTY: '' })
})

test.each([
  ['12.11', [12, 11, 0]],
  ['24.04', [24, 4, 0]],
  ['rolling', [0, 0, 0]],
  ['', [0, 0, 0]],
  ['99999999999999999999.1', [0, 1, 0]],
])('%s gives %o', (text, numbers) => {
  expect(versionNumbers(text)).toEqual(numbers)
})
