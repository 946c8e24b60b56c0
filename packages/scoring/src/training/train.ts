// Makes the model that ships: chooses a form by leaving tables out, learns from all of them, writes it with its specification.
import { createHash } from 'node:crypto'
import type { ModelCard } from '@quarry/schema/endpoints/scores'
import { curveFrom } from '../ml/curve.ts'
import { type ModelSpec, modelSpec } from '../ml/model-spec.ts'
import { writeModel } from '../model/write-model.ts'
import { headerNames } from '../pe/header-names.ts'
import { chooseForm, chooseThreshold } from './choose.ts'
import { evaluate } from './evaluate.ts'
import { fit } from './fit.ts'
import { forms } from './forms.ts'
import { limits } from './limits.ts'
import type { TrainingTables } from './read-tables.ts'

export const seed = 1
const name = 'pe-headers'

export interface TrainedModel {
  /** LightGBM's text format. */
  model: string
  /** JSON of a `ModelSpec`. */
  features: string
  form: string
  threshold: number
}

/** Makes the model from tables; the same tables and program give the same bytes. Takes about two minutes. */
export function train(tables: TrainingTables, say: (line: string) => void): TrainedModel {
  const { form, meanAuc } = chooseForm(tables, seed)
  say(`form: ${form.name}, mean AUC ${meanAuc.toFixed(4)} with each table left out`)
  const threshold = chooseThreshold(tables, form, seed)
  say(`threshold of ${threshold} for a score of 30`)
  return trainForm(tables, form.name, threshold)
}

/** Makes the model of a form and threshold that are chosen already: what `train` ends with. */
export function trainForm(tables: TrainingTables, formName: string, threshold: number): TrainedModel {
  const form = forms.find((one) => one.name === formName)
  if (!form) throw new Error(`No form is named "${formName}".`)
  const boosted = fit([...tables.labelled.values(), tables.thirdParty], form, seed)
  const spec: ModelSpec = modelSpec.parse({
    name,
    version: '1',
    fileType: 'pe',
    features: [...headerNames],
    curve: curveFrom(threshold),
    experimental: true,
  })
  return {
    model: writeModel(boosted, headerNames),
    features: `${JSON.stringify(spec, null, 2)}\n`,
    form: form.name,
    threshold,
  }
}

/** Measures the way a model is made and writes its card. Takes about ten minutes. */
export function cardOf(
  trained: TrainedModel,
  tables: TrainingTables,
  say: (line: string) => void,
): ModelCard {
  return {
    name,
    experimental: true,
    modelSha256: sha256(trained.model),
    featuresSha256: sha256(trained.features),
    seed,
    form: trained.form,
    threshold: trained.threshold,
    data: tables.hashes,
    ...evaluate(tables, seed, say),
    limits,
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
