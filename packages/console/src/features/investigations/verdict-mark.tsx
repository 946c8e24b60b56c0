import type { Verdict } from '@quarry/schema/endpoints/investigations'
import { StateMark, type Tone } from '../../components/state-mark.tsx'

const looks: Record<Verdict, [tone: Tone, word: string]> = {
  malicious: ['bad', 'Malicious'],
  suspicious: ['fair', 'Suspicious'],
  benign: ['good', 'Benign'],
  unclear: ['quiet', 'Unclear'],
}

export const verdictOptions = (Object.entries(looks) as [Verdict, [Tone, string]][]).map(
  ([value, [, label]]) => ({
    value,
    label,
  }),
)

/** What somebody holds of a row, as a colour and a word. */
export function VerdictMark({ verdict }: { verdict: Verdict | undefined }) {
  const [tone, word] = verdict ? looks[verdict] : (['quiet', 'Finding'] as const)
  return <StateMark tone={tone}>{word}</StateMark>
}
