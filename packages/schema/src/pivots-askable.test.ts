import { expect, test } from 'vitest'
import type { PivotType } from './pivots.ts'
import { unaskable } from './pivots-askable.ts'

test.each<[PivotType, string, string | undefined, string | undefined]>([
  ['ipAddress', '203.0.113.9', undefined, undefined],
  ['ipAddress', '2001:db8::9', undefined, undefined],
  ['ipAddress', '127.0.0.1', 'loopback', 'loopback'],
  ['ipAddress', '::1', 'loopback', 'loopback'],
  ['ipAddress', '::ffff:127.0.0.1', 'loopback', 'loopback'],
  ['ipAddress', '0.0.0.0', 'no machine', 'no machine'],
  ['ipAddress', '::', 'no machine', 'no machine'],
  ['ipAddress', '10.1.2.3', undefined, 'private'],
  ['ipAddress', '172.31.0.1', undefined, 'private'],
  ['ipAddress', '172.32.0.1', undefined, undefined],
  ['ipAddress', '100.64.0.1', undefined, 'private'],
  ['ipAddress', '::ffff:192.168.0.1', undefined, 'private'],
  ['ipAddress', 'fd00::1', undefined, 'private'],
  ['ipAddress', 'fe80::1', undefined, 'link-local'],
  ['ipAddress', '224.0.0.251', undefined, 'many machines'],
  ['ipAddress', 'localhost', 'not an IP address', 'not an IP address'],
  ['sha256', 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855', 'empty file', 'empty file'],
  ['sha256', 'a'.repeat(64), undefined, undefined],
  ['sha256', 'abc', 'not a SHA-256', 'not a SHA-256'],
  ['md5', 'd41d8cd98f00b204e9800998ecf8427e', 'empty file', 'empty file'],
  ['sophosPid', '733:134399348445700000', undefined, undefined],
  ['sophosPid', '733', 'not a sophos_pid', 'not a sophos_pid'],
  ['filePath', '', 'empty', 'empty'],
  ['filePath', '%', 'any value', 'any value'],
  ['domain', 'localhost', 'means itself', 'means itself'],
  ['username', 'root', undefined, undefined],
])('%s “%s”', (type, value, devices, service) => {
  for (const [audience, said] of [
    ['devices', devices],
    ['service', service],
  ] as const) {
    const sentence = unaskable(type, value, audience)
    if (said === undefined) expect(sentence).toBeUndefined()
    else expect(sentence).toContain(said)
  }
})
