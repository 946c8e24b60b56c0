import { expect, test } from 'vitest'
import { scoresOfRow } from './scores-of-row.ts'

const columns = [
  'path',
  'local_rep',
  'local_rep_data',
  'parent_local_rep',
  'mlScore',
  'pua_score',
  'sha256',
].map((name) => ({ name, type: 'text' }) as const)
const sha256 = 'AB'.repeat(32)

test('takes the scores of the row’s own file, with reasons where they are', () => {
  const row = {
    path: '/bin/true',
    local_rep: 85,
    local_rep_data: '[{"code":"owned","text":"Belongs to coreutils."}]',
    parent_local_rep: 5,
    mlScore: '-1',
    pua_score: null,
    sha256,
  }
  expect(scoresOfRow(columns, row)).toEqual({
    scores: {
      local_rep: { score: 85, findings: [{ code: 'owned', text: 'Belongs to coreutils.', facts: [] }] },
      ml_score: { score: -1 },
    },
    sha256: sha256.toLowerCase(),
  })
})

test('a row without scores has none, and what is no hash is not asked about', () => {
  expect(scoresOfRow(columns, { path: '/bin/true', sha256 })).toBeUndefined()
  expect(scoresOfRow(columns, { local_rep: 30, sha256: 'abc' })?.sha256).toBeUndefined()
})
