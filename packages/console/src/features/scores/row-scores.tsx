import type { ResultColumn, ResultItem } from '@quarry/schema/endpoints/run-results'
import { useState } from 'react'
import { type ScoreName, scoreNames } from '../../components/cells/score-name.ts'
import { AskGlobal, useGlobal } from './ask-global.tsx'
import { judge } from './judge.ts'
import { JudgementBox } from './judgement-box.tsx'
import { ScoreReasons } from './score-reasons.tsx'
import classes from './scores.module.css'
import { type RowScores as Found, scoresOfRow } from './scores-of-row.ts'

/** What the scores of a row come to, each with its reasons in words; nothing for a row without scores. */
export function RowScores({ columns, row }: { columns: readonly ResultColumn[]; row: ResultItem }) {
  const found = scoresOfRow(columns, row)
  return found && <Told key={`${found.sha256} ${row.endpointId}`} found={found} />
}

function Told({ found }: { found: Found }) {
  const { scores, sha256 } = found
  const [wanted, setWanted] = useState(false)
  const asked = useGlobal(sha256, wanted)
  const now = asked.data
  const known = now ? { ...scores, global_rep: now } : scores
  return (
    <section className={classes.scores} aria-label="Scores">
      <JudgementBox judgement={judge(known)} />
      {scoreNames.map((name) => {
        const score = scores[name]
        if (!score) return null
        return (
          <ScoreReasons key={name} name={name} score={score}>
            {name === 'global_rep' && sha256 && (
              <AskGlobal asked={asked} before={score} onAsk={() => setWanted(true)} />
            )}
          </ScoreReasons>
        )
      })}
      <WithoutReasons names={scoreNames.filter((name) => isWithoutReasons(name, found))} />
    </section>
  )
}

/** Those of the sources can be asked for; others are only where the question asked for them. */
const isWithoutReasons = (name: ScoreName, { scores, sha256 }: Found) =>
  scores[name] !== undefined &&
  scores[name].findings === undefined &&
  !(name === 'global_rep' && sha256 !== undefined)

function WithoutReasons({ names }: { names: readonly ScoreName[] }) {
  if (names.length === 0) return null
  return (
    <p className={classes.foot}>
      The question did not ask for more reasons. They are in{' '}
      <span className="mono">{names.map((name) => `${name}_data`).join(', ')}</span>.
    </p>
  )
}
