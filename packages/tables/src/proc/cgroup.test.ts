import { expect, test } from 'vitest'
import { cgroupPath } from './cgroup.ts'

test.each([
  ['the unified hierarchy', '0::/system.slice/ssh.service\n', '/system.slice/ssh.service'],
  [
    'systemd’s where the unified one is unused',
    '4:memory:/m\n1:name=systemd:/docker/4f1c\n0::/\n',
    '/docker/4f1c',
  ],
  ['any that is used', '4:memory:/only/memory\n1:name=systemd:/\n0::/\n', '/only/memory'],
  ['the root for a process in no group', '1:name=systemd:/\n0::/\n', '/'],
  ['a path with a colon', '0::/user.slice/a:b\n', '/user.slice/a:b'],
  ['nothing where there is nothing', '', ''],
])('gives %s', (_, text, path) => {
  expect(cgroupPath(text)).toBe(path)
})
