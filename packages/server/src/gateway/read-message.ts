import { AgentMessage } from '@quarry/schema/agent/messages'
import { z } from 'zod'

/** Rows are looked at cell by cell when they are stored; parsing them here as well would take longer than all else. */
const Envelope = z.strictObject({
  ...AgentMessage.options.find((each) => each.shape.type.value === 'batch')!.shape,
  rows: z.array(z.array(z.unknown()).max(2000)),
})

/** Reads a message of an agent from a text frame. @returns it, or a sentence that says why it is none */
export function readMessage(text: string): AgentMessage | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'The message is not JSON.'
  }
  const isBatch = (value as { type?: unknown } | null)?.type === 'batch'
  const result = isBatch ? Envelope.safeParse(value) : AgentMessage.safeParse(value)
  if (result.success) return result.data as AgentMessage
  const [issue] = result.error.issues
  return `The message is wrong: ${issue!.path.join('.') || 'type'}: ${issue!.message}.`
}
