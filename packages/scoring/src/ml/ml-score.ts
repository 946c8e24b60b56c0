// `ml_score`: an experimental model over the headers of Windows programs; everything else has no score.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Host } from '@quarry/tables/host-ports'
import { type Scored, unknown } from '../evidence.ts'
import { predict } from '../model/predict.ts'
import { type Model, ModelError, readModel } from '../model/read-model.ts'
import type { PeFile } from '../pe/parse-pe.ts'
import { scoreOn } from './curve.ts'
import { modelFolder } from './model-folder.ts'
import { type ModelSpec, modelSpec } from './model-spec.ts'

const maxModelBytes = 32 << 20

export interface LoadedModel {
  model: Model
  spec: ModelSpec
  /** Differs between any two models or specifications. */
  digest: string
  /** Why the administrator's own model is not used. */
  refusal?: string
}

/** Where an administrator puts a model of their own, on the device. */
export const ownModelFolder = '/etc/quarry/model'

/** The model that ships. */
export const shippedModel = () => parseModel((name) => readFileSync(join(modelFolder, name), 'utf8'))

/** The administrator's own model where there is one. Throws ModelError when it cannot be used. */
export function ownModel(host: Host): LoadedModel | undefined {
  if (!host.exists(`${ownModelFolder}/model.txt`)) return undefined
  return parseModel((name) => host.read(`${ownModelFolder}/${name}`, maxModelBytes))
}

/**
 * Reads `model.txt`, a LightGBM text model, and `features.json`, its specification.
 * Throws ModelError when either is not what it should be, or the two do not have the same features in number.
 */
function parseModel(read: (name: string) => string): LoadedModel {
  const [features, trees] = [read('features.json'), read('model.txt')]
  const spec = specOf(features)
  const model = readModel(trees)
  if (model.featureNames.length !== spec.features.length)
    throw new ModelError(
      `The model reads ${model.featureNames.length} features, its specification names ${spec.features.length}.`,
    )
  return { model, spec, digest: createHash('sha256').update(features).update(trees).digest('hex') }
}

function specOf(text: string): ModelSpec {
  try {
    return modelSpec.parse(JSON.parse(text))
  } catch (error) {
    const issue = (error as { issues?: { path: PropertyKey[]; message: string }[] }).issues?.[0]
    throw new ModelError(
      issue ? `features.json, ${issue.path.join('.')}: ${issue.message}.` : 'features.json is not JSON.',
    )
  }
}

/** The score of a file that was read as PE; undefined stands for anything else. */
export function mlScore({ model, spec, refusal }: LoadedModel, file: PeFile | undefined): Scored {
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
      ...(refusal ? [{ code: 'own_model_refused', text: `Your own model is not used: ${refusal}` }] : []),
    ],
  }
}
