import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it reached the service. */
export interface Got {
  method: string
  /** Scheme-less: host header and path with query. */
  url: string
  headers: IncomingMessage['headers']
  body: string
}

/** How the service answers; JSON with status 200 when an object is returned. */
export type Answering = (got: Got, response: ServerResponse) => unknown

export interface StubService extends AsyncDisposable {
  /** `127.0.0.1:port` */
  place: string
  got: Got[]
  answer: Answering
}

/** A service on the loopback that answers as it is told. */
export async function startStubService(answer: Answering = () => ({})): Promise<StubService> {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { method = '', headers } = request
    const got = { method, url: `${headers.host}${request.url}`, headers, body }
    stub.got.push(got)
    const answered = await stub.answer(got, response)
    if (response.writableEnded || answered === undefined) return
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(answered))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stub: StubService = {
    place: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    got: [],
    answer,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return stub
}

/** Ways in which a service fails; each with the reason that must come of it. */
export const failures = {
  'no such page': { status: 404 },
  'a refused key': { status: 401, body: '{"error":"no"}' },
  'too many requests': { status: 429, headers: { 'retry-after': '7' } },
  'an inner error': { status: 500, body: 'Oops' },
  'broken JSON': { status: 200, body: '{"data": [1, 2' },
  'a redirect to the metadata of a cloud': {
    status: 302,
    headers: { location: 'http://169.254.169.254/latest/meta-data/' },
  },
} satisfies Record<string, { status: number; body?: string; headers?: Record<string, string> }>

/** Answers in a way of `failures`. */
export function failing(kind: keyof typeof failures): Answering {
  const {
    status,
    body = '',
    headers = {},
  }: { status: number; body?: string; headers?: Record<string, string> } = failures[kind]
  return (_got, response) => void response.writeHead(status, headers).end(body)
}

/** Sends `bytes` bytes of one JSON text, as far as the reader lets it. */
export function large(bytes: number): Answering {
  return (_got, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const chunk = 'x'.repeat(1 << 16)
    response.write('"')
    let left = bytes
    const more = (): void => {
      while (left > 0 && !response.destroyed) {
        left -= chunk.length
        if (!response.write(chunk)) return void response.once('drain', more)
      }
      response.end('"')
    }
    more()
  }
}
