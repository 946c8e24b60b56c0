// What lies beside a model file: which features it reads, in which order, and how its answer becomes a score.
import { z } from 'zod'
import { headerNames } from '../pe/header-names.ts'

const corner = z.tuple([z.number().min(0).max(1), z.number().min(0).max(100)])

/** The specification of a model, ours or a user's own. Features are named as in `header-names.ts`. */
export const modelSpec = z.strictObject({
  name: z.string().min(1).max(100),
  version: z.string().min(1).max(50),
  fileType: z.literal('pe'),
  features: z.array(z.enum(headerNames)).min(1),
  curve: z.array(corner).min(2),
  experimental: z.boolean(),
})

export type ModelSpec = z.infer<typeof modelSpec>
