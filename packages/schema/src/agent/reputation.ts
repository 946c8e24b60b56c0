// What the world knows of files: devices ask by hash, the server answers now or later. A device itself never asks anyone else.
import { z } from 'zod'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * A file that a device wants to know of; SHA-1 beside SHA-256 since some filters hold only that. Path and package let the server compare
 * devices.
 */
export const AskedFile = z.strictObject({
  sha256: Sha256,
  sha1: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .optional(),
  path: z.string().max(4096).optional(),
  package: z.string().max(300).optional(),
  version: z.string().max(300).optional(),
})
export type AskedFile = z.infer<typeof AskedFile>

/** What is known of a file, until `expiresAt` in milliseconds since 1970. */
export const KnownFile = z.strictObject({
  sha256: Sha256,
  globalRep: z.int().min(-1).max(100).describe('−1: nobody was asked.'),
  data: z.string().max(8192).describe('Evidence as JSON.'),
  expiresAt: z.number(),
  devices: z.int().min(0).describe('Devices that asked about it, this one among them.'),
  firstSeenAt: z.number().describe('When the first of them did, in milliseconds since 1970.'),
})
export type KnownFile = z.infer<typeof KnownFile>

/** Files in one message. */
export const maxAskedFiles = 1000
