import {
  type Icon,
  IconAlertOctagonFilled,
  IconAlertTriangle,
  IconArrowsSplit2,
  IconCircleCheck,
  IconHelpCircle,
  IconListCheck,
} from '@tabler/icons-react'
import type { Category, Judgement } from './judge.ts'
import classes from './scores.module.css'

const LOOKS: Record<Category, { word: string; icon: Icon; tone: 'good' | 'bad' | 'quiet' }> = {
  blocked: { word: 'On your block list', icon: IconAlertOctagonFilled, tone: 'bad' },
  allowed: { word: 'On your allow list', icon: IconListCheck, tone: 'good' },
  malware: { word: 'Malware', icon: IconAlertOctagonFilled, tone: 'bad' },
  good: { word: 'Known good', icon: IconCircleCheck, tone: 'good' },
  pua: { word: 'Potentially unwanted application', icon: IconAlertTriangle, tone: 'bad' },
  unknown: { word: 'Unknown', icon: IconHelpCircle, tone: 'quiet' },
}

/** What a file is thought to be, why, and where what is known of it contradicts itself. */
export function JudgementBox({ judgement }: { judgement: Judgement }) {
  const { category, because, trusted, detected } = judgement
  const { word, icon: WordIcon, tone } = LOOKS[category]
  return (
    <>
      <h3 className={classes.verdict} data-tone={tone}>
        <WordIcon size={16} aria-hidden />
        {word}
      </h3>
      <p className={classes.because}>{because}</p>
      {trusted.length > 0 && detected.length > 0 && (
        <div className={classes.clash} role="note">
          <p>
            <IconArrowsSplit2 size={15} aria-hidden />A contradiction
          </p>
          <dl>
            <dt>For it</dt>
            <Lines texts={trusted} />
            <dt>Against it</dt>
            <Lines texts={detected} />
          </dl>
        </div>
      )}
    </>
  )
}

const Lines = ({ texts }: { texts: readonly string[] }) =>
  texts.map((text, index) => <dd key={index}>{text}</dd>)
