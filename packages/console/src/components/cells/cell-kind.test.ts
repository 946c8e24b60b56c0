import { expect, test } from 'vitest'
import { cellKind } from './cell-kind.ts'

test.each([
  [{ type: 'integer', scale: 'pua' }, 'score'],
  [{ type: 'bigint', unit: 'unixTime' }, 'time'],
  [{ type: 'double', unit: 'milliseconds' }, 'milliseconds'],
  [{ type: 'text', pivotType: 'sha256' }, 'hash'],
  [{ type: 'text', pivotType: 'sophosPid' }, 'sophosPid'],
  [{ type: 'text', pivotType: 'username' }, 'text'],
  [{ type: 'text', origin: 'hash.md5' }, 'hash'],
  [{ type: 'bigint', origin: 'file.mtime' }, 'time'],
  [{ type: 'bigint', origin: 'processes.user_time' }, 'number'],
  [{ type: 'bigint', origin: 'processes.resident_size' }, 'bytes'],
  [{ type: 'integer', origin: 'listening_ports.port' }, 'number'],
  [{ type: 'text', origin: 'x.size' }, 'text'],
  [{ type: 'blob' }, 'blob'],
] as const)('%j is drawn as %s', (column, kind) => {
  expect(cellKind({ name: 'c', ...column })).toBe(kind)
})
