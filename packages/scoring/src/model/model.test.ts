import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { boost, logOddsOf } from '../training/boost.ts'
import { seeded } from '../training/random.ts'
import { predict, rawScore } from './predict.ts'
import { ModelError, readModel } from './read-model.ts'
import { writeModel } from './write-model.ts'

const folder = new URL('../../fixtures/lightgbm/', import.meta.url)
const models = readdirSync(folder).flatMap((file) => (file.endsWith('.txt') ? [file.slice(0, -4)] : []))
const textOf = (name: string) => readFileSync(new URL(`${name}.txt`, folder), 'utf8')

/** Rows with the predictions of LightGBM 4.7.0 itself, the models trained on random numbers; null is a missing value. */
const rowsOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as {
    features: (number | null)[]
    prediction: number
  }[]

test.each(models)('says what LightGBM says: %s', (name) => {
  const model = readModel(textOf(name))
  const rows = rowsOf(name)
  expect(rows).toHaveLength(60)
  for (const { features, prediction } of rows)
    expect(
      predict(
        model,
        features.map((value) => value ?? Number.NaN),
      ),
    ).toBeCloseTo(prediction, 14)
  expect(new Set(rows.map((row) => row.prediction)).size).toBeGreaterThan(10)
})

test('the fixtures hold every kind of split', () => {
  expect(models).toHaveLength(6)
  expect(
    readModel(textOf('binary-categorical')).trees.some((tree) => tree.decisions.some((d) => d & 1)),
  ).toBe(true)
  expect(readModel(textOf('random-forest')).averaged).toBe(true)
  expect(readModel(textOf('regression')).sigmoid).toBeUndefined()
  expect(readModel(textOf('binary-categorical')).sigmoid).toBe(0.7)
})

test('what was trained is what is read back, to the last bit', () => {
  const random = seeded(5)
  const columns = [0, 1, 2].map(() => Float64Array.from({ length: 500 }, () => random() * 100))
  const labels = Uint8Array.from({ length: 500 }, (_, row) =>
    Number(columns[0]![row]! > 30 !== columns[1]![row]! > 60),
  )
  const samples = { columns, labels, weights: new Float64Array(500).fill(1) }
  const form = { trees: 40, leaves: 6, minLeaf: 5, l2: 1, learningRate: 0.3, featureShare: 0.67, without: [] }
  const trained = boost(samples, form, 1)
  const text = writeModel(trained, ['a', 'b', 'c'])
  const model = readModel(text)
  expect(model.featureNames).toEqual(['a', 'b', 'c'])
  let right = 0
  for (let row = 0; row < 500; row++) {
    const features = columns.map((column) => column[row]!)
    expect(rawScore(model, features)).toBeCloseTo(logOddsOf(trained, features), 12)
    if (predict(model, features) > 0.5 === (labels[row] === 1)) right++
  }
  expect(right).toBeGreaterThan(490)
  expect(writeModel(boost(samples, form, 1), ['a', 'b', 'c'])).toBe(text)
  expect(writeModel(boost(samples, form, 2), ['a', 'b', 'c'])).not.toBe(text)
})

const good = textOf('binary-nan')
test.each([
  ['not a model at all', 'hello', /first line/],
  [
    'several outputs',
    good.replace('num_tree_per_iteration=1', 'num_tree_per_iteration=3'),
    /several outputs/,
  ],
  ['an unknown objective', good.replace('objective=binary', 'objective=lambdarank'), /"lambdarank"/],
  ['names missing', good.replace(/feature_names=\S+ /, 'feature_names='), /name each of its features/],
  ['no trees', good.slice(0, good.indexOf('Tree=0')), /0 trees/],
  [
    'a feature that is not there',
    good.replace(/split_feature=\d/, 'split_feature=6'),
    /Tree 0: a split looks at a feature/,
  ],
  [
    'a child that is its own parent',
    good.replace(/left_child=\S+/, 'left_child=0'),
    /Tree 0: its splits do not form a tree/,
  ],
  ['a leaf beyond the last', good.replace(/right_child=-\d+/, 'right_child=-99'), /do not form a tree/],
  ['a number cut off', good.replace(/leaf_value=\S+ /, 'leaf_value='), /Tree 0: leaf_value is not 8 numbers/],
  ['linear trees', good.replace('is_linear=0', 'is_linear=1'), /linear trees/],
])('refuses %s, and says why', (_, text, message) => {
  expect(() => readModel(text)).toThrow(ModelError)
  expect(() => readModel(text)).toThrow(message)
})

test('a model damaged anywhere is refused or answers with a number, and always ends', () => {
  const random = seeded(2026)
  for (let round = 0; round < 300; round++) {
    const at = Math.floor(random() * good.length)
    const damaged = `${good.slice(0, at)}${String.fromCharCode(32 + Math.floor(random() * 95))}${good.slice(at + Math.floor(random() * 4))}`
    try {
      expect(typeof predict(readModel(damaged), [1, 2, 3, 4, 5, 6])).toBe('number')
    } catch (error) {
      expect(error).toBeInstanceOf(ModelError)
    }
  }
})
