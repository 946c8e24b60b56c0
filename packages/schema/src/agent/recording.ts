import { z } from 'zod'
import { sensorLayers } from '../events.ts'

/** How a device records, and how far back its journals reach. Told at each connection and every few minutes. */
export const Recording = z.strictObject({
  state: z
    .enum(['recording', 'stopped', 'off'])
    .describe('`stopped`: it should record and cannot, see `reason`.'),
  reason: z.string().max(500).optional(),
  sensors: z
    .array(
      z.strictObject({
        layer: z.enum(sensorLayers),
        source: z.string().max(40).optional().describe('Source at work; absent when none could be opened.'),
        limits: z.array(z.string().max(500)).max(20),
        reasons: z.array(z.string().max(500)).max(20).describe('Why better sources were not taken.'),
        lost: z.int(),
      }),
    )
    .max(20),
  journals: z
    .array(
      z.strictObject({
        subject: z.string().max(40),
        table: z.string().max(80),
        firstTime: z.number().optional().describe('Unix seconds.'),
        lastTime: z.number().optional().describe('Unix seconds.'),
        events: z.int(),
        bytes: z.int(),
        lostEvents: z.int(),
      }),
    )
    .max(100),
})
export type Recording = z.infer<typeof Recording>
