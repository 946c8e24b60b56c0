import { expect, test } from 'vitest'
import type { CellKind } from '../../components/cells/cell-kind.ts'
import { columnWidth } from './column-width.ts'

const width = (kind: CellKind, label: string, sample: string[]) =>
  columnWidth(
    { kind, label, ...(kind === 'score' && { scale: 'reputation' }) },
    sample,
    (text) => text.length * 8,
  )

test('the header always fits, with the arrow of its order', () => {
  expect(width('number', 'remote_port', [])).toBe(11 * 8 + 46)
  expect(width('number', 'a_name_that_is_longer_than_any_value_below_it', ['1'])).toBe(45 * 8 + 46)
})

test('a long value gets room, but not all of it', () => {
  expect(width('text', 'name', ['sshd', 'a longer name'])).toBe(13 * 8 + 22)
  expect(width('path', 'path', ['/'.repeat(500)])).toBe(320)
})

test('what a cell adds or leaves out is counted', () => {
  expect(width('address', 'ip', ['10.0.0.1'])).toBe((8 + 'private'.length) * 8 + 18 + 22)
  expect(width('hash', 'h', ['a'.repeat(64)])).toBe(15 * 8 + 22)
  expect(width('score', 'ml', ['-1', '45'])).toBe('45 unproven'.length * 8 + 30 + 22)
  expect(width('score', 'ml', ['-1', ''])).toBe(2 * 8 + 46)
})
