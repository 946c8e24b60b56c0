// Which form to take, and where its score of 30 lies: decided by held-out rows of the tables at hand, never by the one that judges.
import { fit, probabilities } from './fit.ts'
import { forms, type ModelForm } from './forms.ts'
import { areaUnderCurve } from './measures.ts'
import { pick, type Samples } from './samples.ts'

export interface KnownTables {
  labelled: Map<string, Samples>
  thirdParty: Samples
  packages: string[]
}

/** The form with the best mean area under the curve over the tables, each left out in turn. */
export function chooseForm(known: KnownTables, seed: number): { form: ModelForm; meanAuc: number } {
  const tried = forms.map((form) => ({ form, meanAuc: mean(leftOutAucs(known, form, seed)) }))
  return tried.reduce((best, next) => (next.meanAuc > best.meanAuc ? next : best))
}

function leftOutAucs({ labelled, thirdParty }: KnownTables, form: ModelForm, seed: number) {
  return [...labelled].map(([name, table]) => {
    const others = [...labelled].filter(([other]) => other !== name).map(([, set]) => set)
    const model = fit([...others, thirdParty], form, seed)
    return areaUnderCurve(table.labels, probabilities(model, table))
  })
}

const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length

const folds = 5
/** Half of what is promised (1 %): a package that nobody has seen is harder than those at hand. */
const flaggedShare = 0.005
const leastThreshold = 0.9

/** The probability from which at most 0.5 % of the third-party files are, each judged by a model that saw none of its package. */
export function chooseThreshold(known: KnownTables, form: ModelForm, seed: number): number {
  const sorted = Float64Array.from(unseenProbabilities(known, form, seed)).sort()
  const index = Math.ceil(sorted.length * (1 - flaggedShare))
  return Math.max(leastThreshold, roundUp(sorted[Math.min(index, sorted.length - 1)]!))
}

const roundUp = (number: number) => Math.min(0.999, Math.ceil(number * 1000) / 1000)

/** The probability of each third-party file, from models that never saw a file of the same package. */
export function unseenProbabilities(
  { labelled, thirdParty, packages }: KnownTables,
  form: ModelForm,
  seed: number,
): Float64Array {
  const result = new Float64Array(packages.length)
  for (const held of packageFolds(packages)) {
    const model = fit([...labelled.values(), pick(thirdParty, held.others)], form, seed)
    const scores = probabilities(model, pick(thirdParty, held.rows))
    for (const [index, row] of held.rows.entries()) result[row] = scores[index]!
  }
  return result
}

/** Rows in five parts, no package in two of them; packages are dealt out in the order of their names. */
export function packageFolds(packages: string[]): { rows: number[]; others: number[] }[] {
  const names = [...new Set(packages)].sort()
  const partOf = new Map(names.map((name, index) => [name, index % folds]))
  const all = [...packages.keys()]
  return Array.from({ length: folds }, (_, part) => ({
    rows: all.filter((row) => partOf.get(packages[row]!) === part),
    others: all.filter((row) => partOf.get(packages[row]!) !== part),
  })).filter(({ rows }) => rows.length > 0)
}
