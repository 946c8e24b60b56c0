import { expect, test } from 'vitest'
import { bearsName, scoreHelp } from './score-name.ts'

test('a score has two spellings, and so have its reasons', () => {
  expect(bearsName('local_rep', 'local_rep')).toBe(true)
  expect(bearsName('localRep', 'local_rep')).toBe(true)
  expect(bearsName('mlScoreData', 'ml_score', '_data')).toBe(true)
  expect(bearsName('parent_local_rep', 'local_rep')).toBe(false)
})

test('the help of a column says which way it runs', () => {
  const column = { name: 'rep', origin: 'sophos_file_properties.global_rep', scale: 'reputation' } as const
  expect(scoreHelp(column)).toMatch(/your lists.*High is good/)
  expect(scoreHelp({ name: 'ml_score', scale: 'malware' })).toMatch(/^Experimental: .*not a probability/)
  expect(scoreHelp({ name: 'ml_score' })).toBeUndefined()
  expect(scoreHelp({ name: 'mine', scale: 'pua' })).toBeUndefined()
})
