import { expect, test } from 'vitest'
import { puaScore } from './pua-score.ts'

const sign = (weight: number) => ({ code: 'sign', weight, text: 'A sign.' })
const rule = (tags: string[], meta = {}) => ({ ruleIdentifier: 'toolbar', tags, meta })

test.each([
  ['no engine', {}, -1],
  ['engines that found nothing', { clamav: null, structure: [] }, 0],
  ['structure alone reaches 40 at most', { structure: [sign(15), sign(15), sign(15), sign(10)] }, 40],
  ['a PUA signature', { clamav: 'PUA.Win.Adware.Toolbar-1' }, 80],
  ['a packer', { clamav: 'PUA.Win.Packer.Upx-1' }, 25],
  ['a tool', { clamav: 'PUA.Win.Tool.Netcat-1' }, 60],
  ['a signature of malware is no matter of this score', { clamav: 'Win.Trojan.X' }, 0],
  ['a rule of adware', { yara: [rule(['adware'])] }, 60],
  ['a rule with a score of its own', { yara: [rule(['PUA'], { score: 35 })] }, 35],
  ['a score beyond 100', { yara: [rule(['pua'], { score: 3500 })] }, 100],
  ['a rule about something else', { yara: [rule(['info'], { score: 90 })] }, 0],
  [
    'the strongest finding and the structure',
    { structure: [sign(15)], clamav: 'PUA.Win.Packer.Upx-1', yara: [rule(['pua'])] },
    75,
  ],
  ['never beyond 100', { structure: [sign(40)], clamav: 'PUA.Win.Adware.X-1' }, 100],
])('%s', (_, findings, score) => expect(puaScore(findings).score).toBe(score))

test('every score has its reasons in words', () => {
  expect(puaScore({}).evidence[0]?.text).toContain('No engine looked at it')
  expect(puaScore({ clamav: null }).evidence).toEqual([
    { code: 'nothing_found', text: 'No engine found anything.' },
  ])
  expect(puaScore({ clamav: 'PUA.Win.Adware.X-1' }).evidence).toEqual([
    { code: 'clamav', weight: 80, text: 'ClamAV: PUA.Win.Adware.X-1.', signature: 'PUA.Win.Adware.X-1' },
  ])
})
