import { getScoreModel, type ModelCard } from '@quarry/schema/endpoints/scores'
import { useCall } from '../../api.ts'
import list from '../../components/list.module.css'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { percent } from './percent.ts'
import classes from './scores.module.css'

/** How the shipped model was made and judged, as its evaluation wrote it down. */
export function ModelCardTable() {
  const card = useCall(getScoreModel, {}, { staleTime: Number.POSITIVE_INFINITY })
  return (
    <Loaded call={card} failed="The card of the model could not be read" skeleton={<Bars count={6} />}>
      {(read) => <Card card={read} />}
    </Loaded>
  )
}

function Card({ card }: { card: ModelCard }) {
  const { limits, leftOut, thirdParty } = card
  return (
    <>
      <ul className={classes.limits}>
        {limits.map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
      </ul>
      <div className={list.frame}>
        <table className={list.list} aria-label="How a model does on programs that it never saw">
          <thead>
            <tr>
              <th>Table left out</th>
              <th className={list.number}>Programs</th>
              <th>Form chosen by the others</th>
              <th className={list.number}>Area under the curve</th>
              <th className={list.number}>Malware at 30 or more</th>
              <th className={list.number}>Benign at 30 or more</th>
            </tr>
          </thead>
          <tbody>
            {leftOut.map((each) => (
              <tr key={each.table}>
                <td>{each.table}</td>
                <td className={list.number}>{each.rows.toLocaleString('en')}</td>
                <td>{each.form}</td>
                <td className={list.number}>{each.auc.toFixed(3)}</td>
                <td className={list.number}>{percent(each.truePositivesAtSuspect)}</td>
                <td className={list.number}>{percent(each.falsePositivesAtSuspect)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={classes.under}>
        Each table was left out in turn, and the model chosen and trained by the others alone. Of{' '}
        {thirdParty.files.toLocaleString('en')} honest files out of packages, each scored by a model that
        never saw its package, <strong>{thirdParty.flagged.toLocaleString('en')}</strong> (
        {percent(thirdParty.falsePositivesAtSuspect, 2)}) reach 30.
      </p>
      <Making card={card} />
    </>
  )
}

function Making({ card }: { card: ModelCard }) {
  return (
    <details className={classes.details}>
      <summary>How it was made</summary>
      <dl className={classes.hashes}>
        <dt>Model</dt>
        <dd>{card.name}</dd>
        <dt>Form</dt>
        <dd>{card.form}</dd>
        <dt>A score of 30</dt>
        <dd>a probability of {card.threshold}</dd>
        <dt>Seed</dt>
        <dd>{card.seed}</dd>
        <dt>model.txt</dt>
        <dd>{card.modelSha256}</dd>
        <dt>features.json</dt>
        <dd>{card.featuresSha256}</dd>
        {Object.entries(card.data).map(([file, sha256]) => (
          <div key={file} style={{ display: 'contents' }}>
            <dt>{file}</dt>
            <dd>{sha256}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
