import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

test.each<[Parameters<typeof csvLine>[0], string]>([
  [['a', 1, null, 1.5], 'a,1,,1.5\r\n'],
  [['say "hi", you'], '"say ""hi"", you"\r\n'],
  [['=cmd()', '+1+1', '-2', '-x', '@a', '＝1'], "'=cmd(),'+1+1,-2,'-x,'@a,'＝1\r\n"],
  [['two\nlines'], '"two\nlines"\r\n'],
])('%j becomes %j', (cells, line) => {
  expect(csvLine(cells)).toBe(line)
})
