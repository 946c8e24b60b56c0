import { expect, test } from 'vitest'
import { csvCell, csvLine } from './csv.ts'

test.each<[Parameters<typeof csvLine>[0], string]>([
  [['a', 1, null, 1.5], 'a,1,,1.5\r\n'],
  [['say "hi", you'], '"say ""hi"", you"\r\n'],
  [['=cmd()', '+1+1', '-2', '-x', '@a', '＝1'], "'=cmd(),'+1+1,-2,'-x,'@a,'＝1\r\n"],
  [['two\nlines'], '"two\nlines"\r\n'],
])('%j becomes %j', (cells, line) => {
  expect(csvLine(cells)).toBe(line)
})

test.each([
  ['=cmd', "'=cmd"],
  ['+1+1', "'+1+1"],
  ['@SUM', "'@SUM"],
  ['-x', "'-x"],
  ['\tx', "'\tx"],
  ['＝1', "'＝1"],
  ['-12.5', '-12.5'],
  ['+49', '+49'],
])('a cell %j is written %j', (text, expected) => {
  expect(csvCell(text)).toBe(expected)
})
