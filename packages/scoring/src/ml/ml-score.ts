// `ml_score`: an experimental model over the headers of Windows programs; everything else has no score.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Scored, unknown } from '../evidence.ts'
import { predict } from '../model/predict.ts'
import { type Model, ModelError, readModel } from '../model/read-model.ts'
import type { PeFile } from '../pe/parse-pe.ts'
import { scoreOn } from './curve.ts'
import { modelFolder } from './model-folder.ts'
import { type ModelSpec, modelSpec } from './model-spec.ts'

export interface LoadedModel {
  model: Model
  spec: ModelSpec
}

/**
 * Loads `model.txt` and `features.json` of a folder: ours, or a user's own LightGBM model with its specification beside it.
 * Throws ModelError when either is not what it should be, or the two do not have the same features in number.
 */
export function loadModel(folder = modelFolder): LoadedModel {
  const parsed = modelSpec.safeParse(JSON.parse(readFileSync(join(folder, 'features.json'), 'utf8')))
  if (!parsed.success)
    throw new ModelError(`features.json: ${parsed.error.issues[0]?.message ?? 'it does not fit'}.`)
  const model = readModel(readFileSync(join(folder, 'model.txt'), 'utf8'))
  if (model.featureNames.length !== parsed.data.features.length)
    throw new ModelError(
      `The model reads ${model.featureNames.length} features, its specification names ${parsed.data.features.length}.`,
    )
  return { model, spec: parsed.data }
}

/** The score of a file that was read as PE; undefined stands for anything else. */
export function mlScore({ model, spec }: LoadedModel, file: PeFile | undefined): Scored {
  if (!file)
    return unknown(
      'not_pe',
      'Only Windows programs (PE) are scored; for others no honest training data exists.',
    )
  const probability = predict(
    model,
    spec.features.map((name) => file.headers[name]),
  )
  const score = scoreOn(spec.curve, probability)
  const text = `The model ${spec.name} ${spec.version}${spec.experimental ? ' (experimental)' : ''} ranks its headers at ${score} of 100.`
  return {
    score,
    evidence: [
      { code: 'model', text, model: spec.name, version: spec.version, experimental: spec.experimental },
    ],
  }
}
