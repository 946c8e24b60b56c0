import { randomBytes } from 'node:crypto'
import { type AgentMessage, protocol, type RefusalCode } from '@quarry/schema/agent/messages'
import type WebSocket from 'ws'
import type { z } from 'zod'
import type { Endpoints } from '../endpoints/endpoints.ts'
import { signatureHolds } from './check-signature.ts'
import { readMessage } from './read-message.ts'

/** Time for the answer to the challenge, in milliseconds. */
const helloMillis = 10_000
/** Before it is known who they are, senders get little room. */
const maxHelloBytes = 256 << 10

export type Hello = Extract<AgentMessage, { type: 'hello' }>
export interface Refusal {
  code: z.infer<typeof RefusalCode>
  message: string
}

/**
 * Challenges whoever has connected, and finds out who it is.
 * @returns the answer of a device that is enrolled and proved it, why it is refused, or undefined when it went away
 */
export async function greet(socket: WebSocket, endpoints: Endpoints): Promise<Hello | Refusal | undefined> {
  const nonce = randomBytes(32).toString('base64')
  const text = nextText(socket)
  socket.send(JSON.stringify({ type: 'challenge', nonce, serverTime: Date.now() / 1000 }))
  const answer = await text
  if (answer === undefined) return undefined
  if (typeof answer !== 'string') return answer
  const message = readMessage(answer)
  if (typeof message === 'string') return { code: 'bad_message', message }
  if (message.type !== 'hello') {
    return { code: 'bad_message', message: 'The first message must be the answer to the challenge.' }
  }
  if (message.protocol !== protocol) {
    return {
      code: 'protocol',
      message: `The server speaks version ${protocol} of the link, the agent version ${message.protocol}; update the older one.`,
    }
  }
  const known = await endpoints.credentials(message.endpointId)
  if (!signatureHolds(known?.public_key, { nonce, ...message })) {
    return known
      ? { code: 'bad_signature', message: 'The signature does not fit the key of this device.' }
      : { code: 'unknown_device', message: 'No device has this id here; enrol it again.' }
  }
  return message
}

function nextText(socket: WebSocket): Promise<string | Refusal | undefined> {
  return new Promise((resolve) => {
    const settle = (value: string | Refusal | undefined) => {
      clearTimeout(timer)
      socket.off('message', onMessage)
      resolve(value)
    }
    const timer = setTimeout(
      () => settle({ code: 'bad_message', message: 'The challenge was not answered in time.' }),
      helloMillis,
    )
    const onMessage = (data: Buffer, binary: boolean) => {
      if (binary) settle({ code: 'bad_message', message: 'The link carries text frames only.' })
      else if (data.length > maxHelloBytes) {
        settle({ code: 'bad_message', message: 'The answer to the challenge is too large.' })
      } else settle(data.toString())
      // What follows in the same packet waits until somebody listens.
      socket.pause()
    }
    socket.on('message', onMessage)
    socket.once('close', () => settle(undefined))
  })
}
