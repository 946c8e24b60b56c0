// The card of a model: what it learnt from, how it was chosen, how good it is. Written by the evaluation, never by hand.
import { z } from 'zod'

const share = z.number().min(0).max(1)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const modelCard = z.strictObject({
  name: z.string(),
  experimental: z.literal(true),
  /** Of `model.txt` and `features.json`: a card belongs to one model. */
  modelSha256: sha256,
  featuresSha256: sha256,
  seed: z.int(),
  form: z.string(),
  /** The probability that a score of 30 stands for. */
  threshold: share,
  data: z.record(z.string(), sha256),
  leftOut: z.array(
    z.strictObject({
      table: z.string(),
      rows: z.int(),
      form: z.string(),
      threshold: share,
      auc: share,
      truePositivesAtSuspect: share,
      falsePositivesAtSuspect: share,
    }),
  ),
  thirdParty: z.strictObject({ files: z.int(), flagged: z.int(), falsePositivesAtSuspect: share }),
  limits: z.array(z.string()),
})

export type ModelCard = z.infer<typeof modelCard>

/** What a reader must know before trusting a score. */
export const limits = [
  'Experimental: a rank with a measured share of false alarms, not a probability, and never a verdict by itself.',
  'Learnt from malware of 2008 to 2013; it has not seen what came after.',
  'Reads the headers of PE files alone: no code, no strings, no behaviour.',
  'ELF files, scripts and documents get no score: −1.',
]
