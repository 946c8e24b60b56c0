import { request as plain } from 'node:http'
import { request as secure } from 'node:https'

export interface Answer {
  status: number
  body: unknown
}

const maxBytes = 1 << 20
const timeoutMillis = 15_000

/**
 * Posts JSON and reads a JSON answer. (Node's `fetch` takes no certificate to pin, and costs memory that an agent should not.)
 * @param ca certificates in PEM that replace the system's.
 * @returns status and parsed body; `undefined` as body where the answer is no JSON.
 * @throws the system's error when the server cannot be reached, or an Error when it takes longer than 15 s or answers too much.
 */
export function postJson(
  url: URL,
  body: unknown,
  options: { ca?: string; signal?: AbortSignal } = {},
): Promise<Answer> {
  const send = url.protocol === 'https:' ? secure : plain
  const text = JSON.stringify(body)
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const request = send(
    url,
    { method: 'POST', headers, timeout: timeoutMillis, agent: false, ...options },
    (response) => {
      let received = ''
      response.setEncoding('utf8')
      response.on('error', reject)
      response.on('data', (part: string) => {
        received += part
        if (received.length > maxBytes) request.destroy(new Error('the answer is too long'))
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parsed(received) }))
    },
  )
  request.on('timeout', () => request.destroy(new Error('no answer within 15 s')))
  request.on('error', reject)
  request.end(text)
  return promise
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
