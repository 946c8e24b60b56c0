import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ModelCard } from '@quarry/schema/endpoints/scores'
import { expect, test } from 'vitest'
import { curveFrom, scoreOn } from '../ml/curve.ts'
import { shippedModel } from '../ml/ml-score.ts'
import { modelFolder } from '../ml/model-folder.ts'
import { fit, probabilities } from './fit.ts'
import { forms } from './forms.ts'
import { areaUnderCurve, shareFrom } from './measures.ts'
import { readTables } from './read-tables.ts'
import { seed, trainForm } from './train.ts'

const file = (name: string) => readFileSync(join(modelFolder, name), 'utf8')
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const card = ModelCard.parse(JSON.parse(file('card.json')))
/** The feature tables are no part of the product: no licence lies beside them. */
const data =
  process.env.QUARRY_ML_DATA ?? fileURLToPath(new URL('../../../../../shared/data/ml', import.meta.url))
const hasData = existsSync(data)

test('the card belongs to the model that ships', () => {
  expect(card.modelSha256).toBe(sha256(file('model.txt')))
  expect(card.featuresSha256).toBe(sha256(file('features.json')))
  const { model, spec } = shippedModel()
  expect(model.trees).toHaveLength(120)
  expect(spec).toMatchObject({ experimental: true, curve: curveFrom(card.threshold) })
  expect(scoreOn(spec.curve, card.threshold)).toBe(30)
  expect(scoreOn(spec.curve, card.threshold - 0.0005)).toBe(29)
})

test('the card reports what was promised: every table above .95, at most 1 % of honest files suspect', () => {
  expect(card.leftOut.map(({ table }) => table)).toEqual(['A', 'B', 'C', 'D'])
  for (const { auc } of card.leftOut) expect(auc).toBeGreaterThanOrEqual(0.95)
  expect(card.thirdParty.falsePositivesAtSuspect).toBeLessThanOrEqual(0.01)
  expect(card.thirdParty.falsePositivesAtSuspect).toBe(card.thirdParty.flagged / card.thirdParty.files)
})

test.skipIf(!hasData)(
  'training again gives the model that ships, byte for byte',
  { timeout: 120_000 },
  () => {
    const trained = trainForm(readTables(data), card.form, card.threshold)
    expect(sha256(trained.model)).toBe(card.modelSha256)
    expect(trained.features).toBe(file('features.json'))
  },
)

test.skipIf(!hasData)(
  'the numbers of the card are those that a model gives which never saw the table',
  { timeout: 240_000 },
  () => {
    const { labelled, thirdParty, hashes } = readTables(data)
    expect(hashes).toEqual(card.data)
    // One held-out table is enough here; `npm run evaluate` makes them all.
    for (const row of card.leftOut.filter(({ table }) => table === 'B')) {
      const others = [...labelled].filter(([name]) => name !== row.table).map(([, set]) => set)
      const table = labelled.get(row.table)!
      const model = fit([...others, thirdParty], forms.find(({ name }) => name === row.form)!, seed)
      const values = probabilities(model, table)
      const scores = Float64Array.from(values, (value) => scoreOn(curveFrom(row.threshold), value))
      expect(areaUnderCurve(table.labels, values), row.table).toBe(row.auc)
      expect(shareFrom(table.labels, scores, 1, 30)).toBe(row.truePositivesAtSuspect)
      expect(shareFrom(table.labels, scores, 0, 30)).toBe(row.falsePositivesAtSuspect)
    }
  },
)
