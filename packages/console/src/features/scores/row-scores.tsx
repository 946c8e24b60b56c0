import type { ResultColumn, ResultItem } from '@quarry/schema/endpoints/run-results'
import { useState } from 'react'
import { type ScoreName, scoreNames } from '../../components/cells/score-name.ts'
import { type AskedGlobal, AskGlobal, useGlobal } from './ask-global.tsx'
import { type FileScore, judge } from './judge.ts'
import { JudgementBox } from './judgement-box.tsx'
import { ScoreReasons } from './score-reasons.tsx'
import classes from './scores.module.css'
import { type RowScores as Found, scoresOfRow } from './scores-of-row.ts'

/** What the scores of a row come to, each with its reasons in words; nothing for a row without scores. */
export function RowScores({ columns, row }: { columns: readonly ResultColumn[]; row: ResultItem }) {
  const found = scoresOfRow(columns, row)
  return found && <Told key={`${found.sha256} ${row.endpointId}`} found={found} />
}

function Told({ found: { scores, sha256 } }: { found: Found }) {
  const [wanted, setWanted] = useState(false)
  const asked = useGlobal(sha256, wanted)
  const now = asked.data
  const known = now ? { ...scores, global_rep: now } : scores
  return (
    <section className={classes.scores} aria-label="Scores">
      <JudgementBox judgement={judge(known)} />
      {scoreNames.map((name) => {
        const score = scores[name]
        return (
          score && (
            <Score
              key={name}
              name={name}
              score={score}
              {...{ sha256, asked }}
              onAsk={() => setWanted(true)}
            />
          )
        )
      })}
    </section>
  )
}

interface ScoreProps {
  name: ScoreName
  score: FileScore
  sha256: string | undefined
  asked: AskedGlobal
  onAsk: () => void
}

function Score({ name, score, sha256, asked, onAsk }: ScoreProps) {
  return (
    <ScoreReasons name={name} score={score}>
      {name === 'global_rep' && sha256 && <AskGlobal asked={asked} before={score} onAsk={onAsk} />}
    </ScoreReasons>
  )
}
