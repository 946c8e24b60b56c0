import { expect, test } from 'vitest'
import { numericNames } from './numeric-names.ts'

test.each([
  ['SELECT 1 LIMIT $$most$$', ['most']],
  ['a > $$x$$ AND b <= $$y$$ * 3600', ['x', 'y']],
  ["CAST('$$z$$' AS INT)", ['z']],
  ["datetime('now', '-$$N$$ days')", ['N']],
  ["a = $$x$$ AND b LIKE '%$$y$$%' AND c = '$$z$$'", []],
])('%s', (template, names) => {
  expect([...numericNames(template)]).toEqual(names)
})
