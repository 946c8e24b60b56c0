// What a file's bytes say: the scores that are the same wherever it lies.

import type { RuleMatch } from '@litko/yara-x'
import type { Host } from '@quarry/tables/host-ports'
import { type Evidence, type Scored, unknown } from './evidence.ts'
import { type LoadedModel, mlScore } from './ml/ml-score.ts'
import { signatureOf } from './pe/authenticode.ts'
import { parsePe } from './pe/parse-pe.ts'
import type { Clamd } from './pua/clamav.ts'
import { puaScore } from './pua/pua-score.ts'
import { structureSigns } from './pua/structure.ts'
import type { YaraRules } from './pua/yara-rules.ts'

export interface Engines {
  model: LoadedModel
  clamd: Clamd | undefined
  yara: YaraRules | undefined
}

export interface ContentScores {
  ml: Scored
  pua: Scored
  /** Why the file itself is thought to be bad, whoever owns it. */
  signature?: Evidence & { kind: 'malware' | 'pua' }
  /** What the signature of a Windows program shows; its chain is not evaluated. */
  authenticode?: Evidence & { state: string }
}

/** A larger file is not looked into. */
export const maxContentBytes = 64 << 20
const headBytes = 64 << 10

/** Scores the bytes of a file. Throws what reading throws; an engine that fails is left out and named in the evidence. */
export function contentScores(host: Host, image: string, engines: Engines): ContentScores {
  const head = Buffer.from(host.readBytes(image, headBytes))
  const isPe = parsePe(head) !== undefined
  if (!isPe && !engines.clamd && !engines.yara)
    return { ml: mlScore(engines.model, undefined), pua: puaScore({}) }
  if (host.stat(image).size > BigInt(maxContentBytes)) {
    const none = unknown(
      'too_large',
      `It is larger than ${maxContentBytes >> 20} MiB and was not looked into.`,
    )
    return { ml: none, pua: none }
  }
  const bytes = Buffer.from(host.readBytes(image, maxContentBytes))
  const file = parsePe(bytes)
  const failures: Evidence[] = []
  const attempt = <T>(name: string, work: () => T): T | undefined => {
    try {
      return work()
    } catch (error) {
      failures.push({
        code: 'engine_failed',
        text: `${name} did not look at it: ${(error as Error).message}`,
      })
      return undefined
    }
  }
  const { clamd, yara } = engines
  const clamav = clamd && attempt('ClamAV', () => clamd.scan(bytes) ?? null)
  const rules = yara && attempt('YARA', () => yara.scan(bytes))
  const pua = puaScore({ structure: file && structureSigns(file, bytes), clamav, yara: rules })
  pua.evidence.push(...failures)
  const signature = badSignature(clamav, rules)
  const authenticode = file && authenticodeOf(bytes, file)
  return {
    ml: mlScore(engines.model, file),
    pua,
    ...(signature && { signature }),
    ...(authenticode && { authenticode }),
  }
}

function badSignature(
  clamav: string | null | undefined,
  rules: RuleMatch[] | undefined,
): ContentScores['signature'] {
  if (clamav && !clamav.startsWith('PUA.'))
    return { kind: 'malware', code: 'clamav', text: `ClamAV: ${clamav}.`, signature: clamav }
  const rule = rules?.find(({ tags }) => tags.some((tag) => tag.toLowerCase() === 'malware'))
  if (rule)
    return {
      kind: 'malware',
      code: 'yara',
      text: `YARA rule ${rule.ruleIdentifier}.`,
      rule: rule.ruleIdentifier,
    }
  if (clamav) return { kind: 'pua', code: 'clamav', text: `ClamAV: ${clamav}.`, signature: clamav }
  return undefined
}

function authenticodeOf(
  bytes: Buffer,
  file: NonNullable<ReturnType<typeof parsePe>>,
): ContentScores['authenticode'] {
  const { state } = signatureOf(bytes, file)
  if (state === 'unsigned') return undefined
  const text =
    state === 'digest matches'
      ? 'Signed, and unchanged since; the chain of its certificate is not evaluated.'
      : 'Signed, and changed since: the signature does not fit its bytes.'
  return { code: 'authenticode', state, text }
}
