import { z } from 'zod'
import { endpoint } from '../endpoint.ts'

const share = z.number().min(0).max(1)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** The card of a model: what it learnt from, how it was chosen, how good it is. Written by the evaluation, never by hand. */
export const ModelCard = z.strictObject({
  name: z.string(),
  experimental: z.literal(true),
  modelSha256: sha256.describe('Of `model.txt`: a card belongs to one model.'),
  featuresSha256: sha256.describe('Of `features.json`.'),
  seed: z.int(),
  form: z.string().describe('Which of the numbers of a header the model may read.'),
  threshold: share.describe('The probability that a score of 30 stands for.'),
  data: z.record(z.string(), sha256).describe('The files that it learnt from, with their hashes.'),
  leftOut: z
    .array(
      z.strictObject({
        table: z.string(),
        rows: z.int(),
        form: z.string(),
        threshold: share,
        auc: share,
        truePositivesAtSuspect: share,
        falsePositivesAtSuspect: share,
      }),
    )
    .describe('How a model that never saw a table does on it.'),
  thirdParty: z
    .strictObject({ files: z.int(), flagged: z.int(), falsePositivesAtSuspect: share })
    .describe('Honest files out of packages, each scored by a model that never saw its package.'),
  limits: z.array(z.string()).describe('What a reader must know before trusting a score.'),
})
export type ModelCard = z.infer<typeof ModelCard>

export const getScoreModel = endpoint({
  id: 'scores.model',
  method: 'GET',
  path: '/quarry/v1/scores/model',
  description:
    'Answers with the card of the experimental model behind `ml_score`: how it was made and judged.',
  access: 'endpoints:read',
  output: ModelCard,
  errors: [],
})
