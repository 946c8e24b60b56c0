import { z } from 'zod'
import { FunctionSpec, TableSpec } from '../tables.ts'
import { Id } from '../values.ts'
import { Facts } from './facts.ts'
import { BatchColumn, QueryEnd, QueryRequest, WireValue } from './query.ts'
import { Recording } from './recording.ts'
import { AskedFile, KnownFile, maxAskedFiles } from './reputation.ts'

/** Version of the link. The server refuses another one with a sentence. */
export const protocol = 1

/** Path of the WebSocket over which a device gets its questions and sends its rows. One JSON message a text frame. */
export const linkPath = '/agent/v1/link'

/** The largest frame that either side takes, in bytes. */
export const maxFrameBytes = 4 << 20

/** Why the server closes a link for good; `device_cloned` may be tried again later, the others need a person. */
export const RefusalCode = z.enum([
  'protocol',
  'unknown_device',
  'bad_signature',
  'device_cloned',
  'bad_message',
])

/** From the server to the agent. */
export const ServerMessage = z.discriminatedUnion('type', [
  /** The first message on a link. `nonce` is 32 random bytes in base64. */
  z.strictObject({ type: z.literal('challenge'), nonce: z.string(), serverTime: z.number() }),
  /** The signature holds. Every unfinished run of the device follows as `query`. */
  z.strictObject({ type: z.literal('welcome'), heartbeatSeconds: z.number() }),
  z.strictObject({ type: z.literal('refuse'), code: RefusalCode, message: z.string() }),
  /** Run this. The same `runId` may come again; an agent that knows it does nothing but send what is unacknowledged. */
  z.strictObject({
    type: z.literal('query'),
    runId: Id,
    request: QueryRequest,
    expiresInSeconds: z.number().describe('Not to be started later than this.'),
  }),
  z.strictObject({ type: z.literal('cancel'), runId: Id }),
  /** The batches of the run up to and with this sequence are durable. */
  z.strictObject({ type: z.literal('ack'), runId: Id, sequence: z.int() }),
  /** What is known of files: an answer to `reputation.ask`, in one message or several, now or later. */
  z.strictObject({ type: z.literal('reputation.put'), files: z.array(KnownFile).max(maxAskedFiles) }),
  /** The sources have changed: what is known of files no longer holds. */
  z.strictObject({ type: z.literal('reputation.reset') }),
])
export type ServerMessage = z.infer<typeof ServerMessage>

/** From the agent to the server. */
export const AgentMessage = z.discriminatedUnion('type', [
  /** Answers the challenge: an Ed25519 signature, base64, over `signedBytes(nonce, endpointId)`. */
  z.strictObject({
    type: z.literal('hello'),
    protocol: z.int(),
    endpointId: Id,
    signature: z.string().max(200),
    facts: Facts,
  }),
  z.strictObject({
    type: z.literal('tables'),
    tables: z.array(TableSpec).max(2000),
    functions: z.array(FunctionSpec).max(1000).optional(),
  }),
  z.strictObject({ type: z.literal('recording'), recording: Recording }),
  /** What is known of these files? One question at a time: the next when this is answered, or after a minute. */
  z.strictObject({ type: z.literal('reputation.ask'), files: z.array(AskedFile).min(1).max(maxAskedFiles) }),
  /** The query of this run has begun; a hint, not acknowledged. */
  z.strictObject({ type: z.literal('started'), runId: Id }),
  /**
   * Rows. `sequence` counts from 1 without gaps; `columns` comes with sequence 1; `end` comes with the last and may come
   * with no rows. (run, device, sequence) is unique: a resend changes nothing.
   */
  z.strictObject({
    type: z.literal('batch'),
    runId: Id,
    sequence: z.int().min(1),
    columns: z.array(BatchColumn).max(2000).optional(),
    rows: z.array(z.array(WireValue)),
    end: QueryEnd.optional(),
  }),
])
export type AgentMessage = z.infer<typeof AgentMessage>
export type Batch = Extract<AgentMessage, { type: 'batch' }>

/** The bytes that a device signs: they name their purpose, so that a signature serves for nothing else. */
export function signedBytes(nonce: string, endpointId: string): Uint8Array {
  return new TextEncoder().encode(`quarry-link-v${protocol}\n${endpointId}\n${nonce}`)
}
