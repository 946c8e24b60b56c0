import { expect, test } from 'vitest'
import { formatSql } from './format-sql.ts'

test('lays clauses out and leaves variables in one piece', () => {
  expect(
    formatSql("select pid, path from processes where path LIKE '%$$name$$%' and pid > $$least pid$$"),
  ).toBe(
    "SELECT\n  pid,\n  path\nFROM\n  processes\nWHERE\n  path LIKE '%$$name$$%'\n  AND pid > $$least pid$$",
  )
})

test('formatting twice changes nothing more', () => {
  const once = formatSql('select 1 as one, count(*) from users group by uid having count(*)>1')
  expect(formatSql(once)).toBe(once)
})
