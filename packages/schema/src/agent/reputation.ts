// What the world knows of files: devices ask by hash, the server answers now or later. A device itself never asks anyone else.
import { z } from 'zod'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A file that a device wants to know of; SHA-1 beside SHA-256 since some filters hold only that. */
export const AskedFile = z.strictObject({
  sha256: Sha256,
  sha1: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .optional(),
})
export type AskedFile = z.infer<typeof AskedFile>

/** What is known of a file, until `expiresAt` in milliseconds since 1970. */
export const KnownFile = z.strictObject({
  sha256: Sha256,
  globalRep: z.int().min(-1).max(100).describe('−1: nobody was asked.'),
  data: z.string().max(8192).describe('Evidence as JSON.'),
  expiresAt: z.number(),
})
export type KnownFile = z.infer<typeof KnownFile>

/** Files in one message. */
export const maxAskedFiles = 1000
