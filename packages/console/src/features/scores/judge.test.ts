import { expect, test } from 'vitest'
import { type FileScores, judge } from './judge.ts'

const listed = (code: 'allowed' | 'blocked', worth: number) => ({
  code,
  text: `Your list: ${code}.`,
  worth,
  facts: [['source', 'own']] as [string, string][],
})
const said = (code: string, worth: number, text = `${code} ${worth}.`) => ({ code, text, worth, facts: [] })
const found = (code: string, text = `${code}.`, facts: [string, string][] = []) => ({ code, text, facts })

test.each<[string, FileScores, string]>([
  ['nothing is known', { local_rep: { score: -1 }, ml_score: { score: -1 } }, 'unknown'],
  ['the bounds of malware', { local_rep: { score: 19 } }, 'malware'],
  ['a reputation of unwanted applications', { local_rep: { score: 20 } }, 'pua'],
  ['unknown or suspicious', { local_rep: { score: 30 }, global_rep: { score: 69 } }, 'unknown'],
  ['the bounds of known good', { local_rep: { score: 70 }, pua_score: { score: 20 } }, 'good'],
  ['one reputation is enough', { local_rep: { score: 40 }, global_rep: { score: 72 } }, 'good'],
  ['good, and something against it', { local_rep: { score: 85 }, pua_score: { score: 21 } }, 'unknown'],
  ['good and unwanted', { local_rep: { score: 85 }, pua_score: { score: 50 } }, 'pua'],
  ['malware beats good', { local_rep: { score: 85 }, global_rep: { score: 5 } }, 'malware'],
  ['the model alone decides nothing', { ml_score: { score: 99 } }, 'unknown'],
  ['the model takes nothing away', { local_rep: { score: 85 }, ml_score: { score: 99 } }, 'good'],
  [
    'the allow list comes first',
    { local_rep: { score: 5 }, global_rep: { score: 95, findings: [listed('allowed', 95)] } },
    'allowed',
  ],
  [
    'the block list comes first',
    {
      local_rep: { score: 85 },
      global_rep: { score: 5, findings: [listed('blocked', 5), said('good', 80)] },
    },
    'blocked',
  ],
  [
    'a source that says nothing speaks neither for nor against',
    { local_rep: { score: 85 }, global_rep: { score: 30, findings: [said('not_known', 30)] } },
    'good',
  ],
  [
    'a source in doubt',
    { local_rep: { score: 85 }, global_rep: { score: 35, findings: [said('doubtful', 35)] } },
    'unknown',
  ],
])('%s', (_, scores, category) => expect(judge(scores).category).toBe(category))

test('a contradiction keeps both sides', () => {
  const judged = judge({
    local_rep: { score: 85, findings: [found('owned', 'Belongs to wget 1.25.')] },
    global_rep: {
      score: 2,
      findings: [said('bad', 2, 'MalwareBazaar knows it as malware.'), said('good', 72)],
    },
  })
  expect(judged).toEqual({
    category: 'malware',
    because: 'MalwareBazaar knows it as malware.',
    trusted: ['Belongs to wget 1.25.', 'good 72.'],
    detected: ['MalwareBazaar knows it as malware.'],
  })
})

test('a changed file of a package is doubted, a broken signature only without a package', () => {
  const state = (score: number) => ({
    local_rep: { score, findings: [found('authenticode', 'Changed since.', [['state', 'digest differs']])] },
  })
  expect(judge(state(30)).detected).toEqual(['Changed since.'])
  expect(judge(state(85)).detected).toEqual([])
  const modified = { local_rep: { score: 35, findings: [found('package_file_modified', 'Modified.')] } }
  expect(judge(modified)).toMatchObject({
    category: 'unknown',
    because: 'Something speaks against it, but it is no detection.',
    detected: ['Modified.'],
  })
})
