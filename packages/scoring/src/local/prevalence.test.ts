import { expect, test } from 'vitest'
import { withPrevalence } from './prevalence.ts'

const day = 86_400_000
const now = 1_800_000_000_000
const scored = (score: number, code: string) => ({ score, evidence: [{ code, text: 'A reason.' }] })

test('ten devices for thirty days add 15, up to 69, to what only its place speaks for', () => {
  const known = { devices: 10, firstSeenAt: now - 30 * day }
  expect(withPrevalence(scored(45, 'place'), known, now)).toMatchObject({
    score: 60,
    evidence: [{ code: 'place' }, { text: '10 of your devices have met it, the first 30 days ago.' }],
  })
  expect(withPrevalence(scored(60, 'place'), known, now).score).toBe(69)
  for (const code of ['owned', 'package_file_modified', 'deleted', 'memfd', 'clamav'])
    expect(withPrevalence(scored(30, code), known, now).score).toBe(30)
})

test('fewer devices, or less time, add nothing', () => {
  expect(withPrevalence(scored(45, 'place'), undefined, now).score).toBe(45)
  expect(withPrevalence(scored(45, 'place'), { devices: 9, firstSeenAt: 0 }, now).score).toBe(45)
  expect(
    withPrevalence(scored(45, 'place'), { devices: 99, firstSeenAt: now - 30 * day + 1 }, now).score,
  ).toBe(45)
})
