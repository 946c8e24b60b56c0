import { expect, test } from 'vitest'
import { shortenMiddle, splitPath } from './middle.ts'

test('keeps head and tail of a hash', () => {
  expect(shortenMiddle('9f2c41d8aaaaaaaaaaaaaaaa06e7a1')).toBe('9f2c41d8…06e7a1')
  expect(shortenMiddle('9f2c41d8a06e7a1')).toBe('9f2c41d8a06e7a1')
})

test.each([
  ['/usr/sbin/nginx', '/usr/sbin/', 'nginx'],
  ['/usr/sbin/', '/usr/', 'sbin/'],
  ['nginx', '', 'nginx'],
  ['C:\\Windows\\cmd.exe', 'C:\\Windows\\', 'cmd.exe'],
  ['/', '', '/'],
])('splits %s', (path, folder, name) => {
  expect(splitPath(path)).toEqual([folder, name])
})
