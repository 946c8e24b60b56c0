import type { Verdict } from '@quarry/schema/connectors/connector'
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle, IconSkull } from '@tabler/icons-react'
import classes from './enrichment.module.css'

const looks = {
  malicious: { tone: 'bad', icon: IconSkull, word: 'malicious' },
  suspicious: { tone: 'fair', icon: IconAlertTriangle, word: 'suspicious' },
  harmless: { tone: 'good', icon: IconCircleCheck, word: 'harmless' },
  informative: { tone: 'quiet', icon: IconInfoCircle, word: 'for information' },
} as const

/** What an answer means: an icon and a word, in the colour of the verdict. */
export function VerdictMark({ verdict }: { verdict: Verdict }) {
  const { tone, icon: VerdictIcon, word } = looks[verdict]
  return (
    <span className={classes.verdict} data-tone={tone}>
      <VerdictIcon size={15} aria-hidden />
      {word}
    </span>
  )
}
