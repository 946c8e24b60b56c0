// The card of the model that ships. Read by its path: the server judges no file and so has no part of the scoring.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ModelCard } from '@quarry/schema/endpoints/scores'

const cardFile = join(import.meta.dirname, '../../../scoring/models/pe-headers/card.json')
let kept: ModelCard | undefined

/** The card of the model behind `ml_score`, read once. Throws when the file is missing or is no card. */
export function modelCard(): ModelCard {
  kept ??= ModelCard.parse(JSON.parse(readFileSync(cardFile, 'utf8')))
  return kept
}
