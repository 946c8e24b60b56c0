// What four scores and their reasons come to, in a word. A contradiction is told as one, never averaged.
import type { ScoreName } from '../../components/cells/score-name.ts'
import type { Finding } from './findings.ts'

/** A score of a file; `findings` only where the reasons are known. */
export interface FileScore {
  score: number
  findings?: readonly Finding[] | undefined
}

export type FileScores = Partial<Record<ScoreName, FileScore>>
export type Category = 'blocked' | 'allowed' | 'malware' | 'good' | 'pua' | 'unknown'

export interface Judgement {
  category: Category
  /** Why it is this category, in a sentence. */
  because: string
  /** What speaks for the file, and what against it. Both: a contradiction. */
  trusted: string[]
  detected: string[]
}

interface Against {
  kind: 'malware' | 'pua' | 'doubt'
  text: string
}

/** The bands of docs/scores.md. */
const malwareBelow = 20
const puaBelow = 30
const doubtBelow = 50
const goodFrom = 70
const puaSuspectAbove = 20
const puaFrom = 50

/**
 * The category, in this order: the administrator’s list; malware by signature or intelligence; known good with nothing against
 * it; an unwanted application; unknown. `ml_score` never counts: it is experimental and decides nothing.
 */
export function judge(scores: FileScores): Judgement {
  const against = [
    ...againstLocal(scores.local_rep),
    ...againstGlobal(scores.global_rep),
    ...againstPua(scores.pua_score),
  ]
  const trusted = [...trustedBy('local_rep', scores.local_rep), ...trustedBy('global_rep', scores.global_rep)]
  return { ...categoryOf(scores, trusted, against), trusted, detected: against.map(({ text }) => text) }
}

function categoryOf(
  scores: FileScores,
  trusted: readonly string[],
  against: readonly Against[],
): Pick<Judgement, 'category' | 'because'> {
  const own = scores.global_rep?.findings?.find(isOwn)
  if (own)
    return {
      category: own.code === 'blocked' ? 'blocked' : 'allowed',
      because: 'Your lists come before what anybody else says.',
    }
  const malware = against.find(({ kind }) => kind === 'malware')
  if (malware) return { category: 'malware', because: malware.text }
  if (trusted.length > 0 && against.length === 0)
    return { category: 'good', because: 'A reputation is 70 or more, and nothing speaks against it.' }
  const pua = against.find(({ kind }) => kind === 'pua')
  if (pua) return { category: 'pua', because: pua.text }
  return { category: 'unknown', because: unknownBecause(scores, trusted, against) }
}

function unknownBecause(scores: FileScores, trusted: readonly string[], against: readonly Against[]): string {
  if (trusted.length > 0) return 'A reputation is 70 or more, but something speaks against it.'
  if (against.length > 0) return 'Something speaks against it, but it is no detection.'
  if (Object.values(scores).every(({ score }) => score < 0)) return 'Nothing is known of it.'
  return 'No reputation is 70 or more, and nothing detects it.'
}

const isOwn = ({ code, facts }: Finding) =>
  (code === 'blocked' || code === 'allowed') &&
  facts.some(([name, value]) => name === 'source' && value === 'own')

function againstLocal(local: FileScore | undefined): Against[] {
  if (!local || local.score < 0) return []
  const [first] = local.findings ?? []
  if (local.score < puaBelow)
    return [
      {
        kind: kindOf(local.score),
        text: first?.text ?? `The device gives it a reputation of ${local.score}.`,
      },
    ]
  // A file that is as its package brought it is not doubted for a signature that packaging broke.
  if (local.score >= goodFrom) return []
  return (local.findings ?? [])
    .filter(
      ({ code, facts }) =>
        code === 'package_file_modified' ||
        facts.some(([name, value]) => name === 'state' && value === 'digest differs'),
    )
    .map(({ text }) => ({ kind: 'doubt', text }))
}

const saysNothing = new Set(['not_known', 'no_verdict'])

function againstGlobal(global: FileScore | undefined): Against[] {
  if (!global) return []
  const told = worthOf(global)
  if (told.length > 0)
    return told
      .filter(({ code, worth }) => worth < doubtBelow && !saysNothing.has(code))
      .map(({ text, worth }) => ({ kind: kindOf(worth), text }))
  if (global.score < 0 || global.score >= puaBelow) return []
  return [{ kind: kindOf(global.score), text: `The sources give it a reputation of ${global.score}.` }]
}

function againstPua(pua: FileScore | undefined): Against[] {
  if (!pua || pua.score <= puaSuspectAbove) return []
  const kind = pua.score >= puaFrom ? 'pua' : 'doubt'
  return [{ kind, text: `Signs of an unwanted application add up to ${pua.score} points.` }]
}

function trustedBy(name: 'local_rep' | 'global_rep', score: FileScore | undefined): string[] {
  if (!score) return []
  const told = name === 'global_rep' ? worthOf(score) : []
  if (told.length > 0) return told.filter(({ worth }) => worth >= goodFrom).map(({ text }) => text)
  if (score.score < goodFrom) return []
  const who = name === 'local_rep' ? 'The device gives' : 'The sources give'
  return [score.findings?.[0]?.text ?? `${who} it a reputation of ${score.score}.`]
}

const worthOf = ({ findings = [] }: FileScore) =>
  findings.flatMap(({ code, text, worth }) => (worth === undefined ? [] : [{ code, text, worth }]))

const kindOf = (reputation: number): Against['kind'] =>
  reputation < malwareBelow ? 'malware' : reputation < puaBelow ? 'pua' : 'doubt'
