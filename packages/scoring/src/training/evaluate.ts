// How good the way of making a model is: everything that was chosen is chosen anew in each fold, without the table that judges it.
import { curveFrom, scoreOn } from '../ml/curve.ts'
import { chooseForm, chooseThreshold, type KnownTables, packageFolds } from './choose.ts'
import { fit, probabilities } from './fit.ts'
import { areaUnderCurve, shareFrom } from './measures.ts'
import { pick } from './samples.ts'

/** From this score on a file counts as suspect (public hunts use it). */
export const suspectScore = 30

export interface LeftOutTable {
  table: string
  rows: number
  /** Chosen by the other tables alone. */
  form: string
  threshold: number
  auc: number
  truePositivesAtSuspect: number
  falsePositivesAtSuspect: number
}

export interface Evaluation {
  leftOut: LeftOutTable[]
  /** Honest files of third parties, each judged by a model and a curve that saw none of its package. */
  thirdParty: { files: number; flagged: number; falsePositivesAtSuspect: number }
}

/** Leaves each table out in turn, then each part of the third-party packages. Takes minutes; `say` is told of each step. */
export function evaluate(known: KnownTables, seed: number, say: (line: string) => void): Evaluation {
  const leftOut = [...known.labelled.keys()].map((name) => {
    const row = leaveOut(known, name, seed)
    say(`${name} left out: ${row.form}, AUC ${row.auc.toFixed(4)}`)
    return row
  })
  return { leftOut, thirdParty: leaveOutPackages(known, seed, say) }
}

function leaveOut(known: KnownTables, name: string, seed: number): LeftOutTable {
  const table = known.labelled.get(name)!
  const others = new Map([...known.labelled].filter(([other]) => other !== name))
  const seen = { ...known, labelled: others }
  const { form } = chooseForm(seen, seed)
  const threshold = chooseThreshold(seen, form, seed)
  const model = fit([...others.values(), known.thirdParty], form, seed)
  const values = probabilities(model, table)
  const scores = Float64Array.from(values, (value) => scoreOn(curveFrom(threshold), value))
  return {
    table: name,
    rows: table.labels.length,
    form: form.name,
    threshold,
    auc: areaUnderCurve(table.labels, values),
    truePositivesAtSuspect: shareFrom(table.labels, scores, 1, suspectScore),
    falsePositivesAtSuspect: shareFrom(table.labels, scores, 0, suspectScore),
  }
}

function leaveOutPackages(known: KnownTables, seed: number, say: (line: string) => void) {
  // The form is chosen by the labelled tables, which a held-out package is no part of.
  const { form } = chooseForm(known, seed)
  let flagged = 0
  for (const held of packageFolds(known.packages)) {
    const seen = {
      labelled: known.labelled,
      thirdParty: pick(known.thirdParty, held.others),
      packages: held.others.map((row) => known.packages[row]!),
    }
    const curve = curveFrom(chooseThreshold(seen, form, seed))
    const model = fit([...known.labelled.values(), seen.thirdParty], form, seed)
    const values = probabilities(model, pick(known.thirdParty, held.rows))
    const own = values.filter((value) => scoreOn(curve, value) >= suspectScore).length
    say(`${held.rows.length} files of unseen packages: ${own} at ${suspectScore} or more`)
    flagged += own
  }
  const files = known.packages.length
  return { files, flagged, falsePositivesAtSuspect: flagged / files }
}
