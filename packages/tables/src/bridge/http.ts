import { type IncomingMessage, request as plain, type RequestOptions } from 'node:http'
import { request as secure } from 'node:https'
import { fail, within } from './failure.ts'
import type { HttpAnswer, HttpRequest } from './messages.ts'

/** Makes an HTTP request, over a unix socket or over the network, and follows as many redirects as it may. */
export async function http(given: HttpRequest): Promise<HttpAnswer> {
  const abort = new AbortController()
  return within(given.millis!, follow(given, abort.signal), () => abort.abort())
}

async function follow(given: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  let url = new URL(given.url)
  let method = given.method ?? 'GET'
  for (let left = given.redirects ?? 0; ; left--) {
    const answer = await once({ ...given, method }, url, signal)
    const { location } = answer.headers
    if (left <= 0 || answer.status < 300 || answer.status >= 400 || !location) return answer
    const next = URL.parse(location, url)
    if (!next || !/^https?:$/.test(next.protocol)) return answer
    url = next
    if (answer.status === 303 && method !== 'HEAD') method = 'GET'
  }
}

function once(given: HttpRequest, url: URL, signal: AbortSignal): Promise<HttpAnswer> {
  if (!/^https?:$/.test(url.protocol)) throw fail('EPROTO', 'only http and https are known')
  return new Promise((resolve, reject) => {
    const options: RequestOptions & { rejectUnauthorized: boolean } = {
      method: given.method,
      headers: given.headers,
      agent: false,
      signal,
      rejectUnauthorized: !given.insecure,
      ...(given.socket && { socketPath: given.socket }),
    }
    const request = (url.protocol === 'https:' ? secure : plain)(url, options, (response) => {
      collect(response, given.maxBytes!).then(resolve, (error: unknown) => {
        request.destroy()
        reject(error)
      })
    })
    request.on('error', reject)
    request.end(given.body)
  })
}

async function collect(response: IncomingMessage, maxBytes: number): Promise<HttpAnswer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw fail('EFBIG')
    chunks.push(chunk)
  }
  const headers = Object.entries(response.headers).map(([name, value]) => [
    name,
    [value ?? ''].flat().join(', '),
  ])
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    body: new Uint8Array(Buffer.concat(chunks, size)),
  }
}
