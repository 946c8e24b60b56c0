import type { PivotType } from '@quarry/schema'
import { expect, test } from 'vitest'
import { guessPivot } from './pivot-of.ts'

const origins = new Map<string, PivotType>([['etc_hosts.address', 'ipAddress']])
const hash = 'a'.repeat(64)
const text = (name: string, origin?: string) => ({ name, type: 'text' as const, origin })

test.each([
  ['what the device says of the table', text('x', 'etc_hosts.address'), [], 'ipAddress'],
  ['an alias of a known column', text('who', 'process_open_sockets.remote_address'), [], 'ipAddress'],
  ['an alias that looks like something else', text('path', 'users.username'), [], 'username'],
  ['a name that only its table makes clear', text('lookup', 'sophos_dns_journal.name'), [], 'domain'],
  ['a program’s name', text('name', 'processes.name'), [], 'processName'],
  ['a package', text('name', 'deb_packages.name'), [], 'packageName'],
  ['the name alone', text('parent_sophos_pid'), [], 'sophosPid'],
  ['a name that repeats', text('sha256_2'), [], 'sha256'],
  ['a port, which is a number', { name: 'remote_port', type: 'integer' as const }, [], 'port'],
  ['a number is no user', { name: 'username', type: 'bigint' as const }, [5], undefined],
  ['a loose name without values', text('source'), [], undefined],
  ['a loose name with a stranger', text('source'), ['apt', '203.0.113.9'], undefined],
  ['a loose name whose values agree', text('source'), ['203.0.113.9', '2001:db8::9'], 'ipAddress'],
  ['a computed hash', text('h'), [hash, hash.toUpperCase(), null, ''], 'sha256'],
  ['nearly all', text('h'), [...Array(9).fill(hash), 'unreadable'], 'sha256'],
  ['too few', text('h'), [...Array(8).fill(hash), 'unreadable', 'too large'], undefined],
  ['a shorter hash', text('h'), ['d41d8cd98f00b204e9800998ecf8427e'], 'md5'],
  ['a URL', text('seen'), ['https://example.org/a?b=c'], 'url'],
  ['prose', text('seen'), ['nothing of note'], undefined],
] as const)('%s', (_, column, values, type) => {
  expect(guessPivot(column, origins, values)).toBe(type)
})
