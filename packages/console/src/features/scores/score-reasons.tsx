import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { bandOf, unknownSentence } from '../../components/cells/score.ts'
import { ScoreBadge } from '../../components/cells/score-badge.tsx'
import type { ScoreName } from '../../components/cells/score-name.ts'
import { visibleText } from '../../components/cells/visible-text.ts'
import type { Finding } from './findings.ts'
import type { FileScore } from './judge.ts'
import { ModelCardDialog } from './model-card-dialog.tsx'
import classes from './scores.module.css'

const SCALES = {
  local_rep: 'reputation',
  global_rep: 'reputation',
  ml_score: 'malware',
  pua_score: 'pua',
} as const
const LONGEST = 600

interface Props {
  name: ScoreName
  score: FileScore
  /** Below the reasons. */
  children?: ReactNode
}

/** One score with its reasons as sentences; where the row has none, what its band means. */
export function ScoreReasons({ name, score: { score, findings = [] }, children }: Props) {
  const scale = SCALES[name]
  const band = bandOf(scale, score)
  return (
    <div className={classes.score}>
      <div className={classes.head}>
        <h4>{name}</h4>
        {name === 'ml_score' && <span className={classes.tag}>experimental</span>}
        {band ? (
          <ScoreBadge scale={scale} score={score} />
        ) : (
          <span className="dimmed">− {scale === 'reputation' ? 'unknown' : 'not scored'}</span>
        )}
      </div>
      {findings.length > 0 ? (
        <Findings findings={findings} />
      ) : (
        <p className={classes.note}>{band ? band.sentence : unknownSentence(scale)}</p>
      )}
      {name === 'ml_score' && band && <AboutModel />}
      {children}
    </div>
  )
}

/** Reasons as sentences, each with its points or the facts behind it; a source, whose name is in its sentence, with its worth. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul className={classes.findings}>
      {findings.map(({ code, text, weight, worth, facts }, index) => (
        <li key={index} className={classes.finding} data-code={code}>
          <span>{visibleText(text, LONGEST)}</span>
          {weight !== undefined && <span className={classes.points}>+{weight}</span>}
          {worth !== undefined && (
            <span className={classes.points} title="The reputation that this alone would give.">
              worth {worth}
            </span>
          )}
          {worth === undefined && facts.length > 0 && (
            <span className={classes.facts}>{facts.map(factWords).join(' · ')}</span>
          )}
        </li>
      ))}
    </ul>
  )
}

const factWords = ([name, value]: Finding['facts'][number]) =>
  value === 'true' ? name : `${name} ${visibleText(value, LONGEST)}`

function AboutModel() {
  const [opened, { open, close }] = useDisclosure()
  return (
    <>
      <button type="button" className={classes.link} onClick={open}>
        How good is the model?
      </button>
      {opened && <ModelCardDialog onClose={close} />}
    </>
  )
}
