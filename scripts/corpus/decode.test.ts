import { expect, test } from 'vitest'
import { decode } from './decode.ts'

test('reads what editors write', () => {
  const sql = "SELECT 'é'"
  const little = Buffer.from(`\ufeff${sql}`, 'utf16le')
  expect(decode(Buffer.from(sql))).toBe(sql)
  expect(decode(little)).toBe(sql)
  expect(decode(Buffer.from(little).swap16())).toBe(sql)
})
