import {
  type Icon,
  IconAlertOctagonFilled,
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleMinus,
  IconHelpCircle,
} from '@tabler/icons-react'
import classes from './cell.module.css'
import { bandOf, type Level, unknownSentence } from './score.ts'

interface Props {
  scale: Parameters<typeof bandOf>[0]
  score: number
  /** Its reasons, for whoever hovers over it. */
  reasons?: string | undefined
}

const ICONS: Record<Level, Icon> = {
  good: IconCircleCheck,
  low: IconCircleMinus,
  medium: IconHelpCircle,
  bad: IconAlertTriangle,
  worst: IconAlertOctagonFilled,
}

/** A score with the word of its band, by its own scale; −1 is a quiet dash. */
export function ScoreBadge({ scale, score, reasons }: Props) {
  const band = bandOf(scale, score)
  if (!band) {
    const tip = score === -1 ? (reasons ?? unknownSentence(scale)) : 'This is not a score of 0 to 100.'
    return (
      <span className={classes.unknown} data-tip={tip} aria-description={tip}>
        {score === -1 ? '−' : score}
      </span>
    )
  }
  const BandIcon = ICONS[band.level]
  return (
    <span
      className={classes.badge}
      data-level={band.level}
      data-tip={reasons ? `${band.sentence}\n${reasons}` : band.sentence}
    >
      <BandIcon size={13} aria-hidden />
      <b>{score}</b> {band.word}
    </span>
  )
}
