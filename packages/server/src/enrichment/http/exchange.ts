import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { Trouble } from '../trouble.ts'
import { addressesOf, type Network } from './network.ts'
import { readBody } from './read-body.ts'

/** One request, its secrets in place. */
export interface Outgoing {
  method: string
  url: URL
  headers: Record<string, string>
  body?: string | undefined
}

export interface Answer {
  status: number
  headers: http.IncomingHttpHeaders
  body: Buffer
  /** The address that the socket was connected to. */
  address: string
  encrypted: boolean
}

export interface Bounds {
  allowPrivate: boolean
  timeoutMillis: number
  maxBytes: number
  signal?: AbortSignal | undefined
}

/**
 * Sends one request and reads its answer; follows nothing. The socket is connected to an address that was checked.
 * @throws Trouble refusedAddress, unreachable, timeout or tooLarge
 */
export async function exchange(network: Network, outgoing: Outgoing, bounds: Bounds): Promise<Answer> {
  const { url } = outgoing
  const elsewhere = network.connectTo[url.host]
  const encrypted = url.protocol === 'https:' && !elsewhere
  const deadline = AbortSignal.timeout(bounds.timeoutMillis)
  const signal = bounds.signal ? AbortSignal.any([deadline, bounds.signal]) : deadline
  const addresses = elsewhere
    ? []
    : await before(signal, addressesOf(network, url.hostname, bounds.allowPrivate)).catch((error) => {
        throw troubleOf(error, url, deadline, bounds)
      })
  const options: https.RequestOptions = {
    method: outgoing.method,
    ...(elsewhere
      ? place(elsewhere)
      : { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port || undefined }),
    path: `${url.pathname}${url.search}`,
    headers: { ...outgoing.headers, host: url.host, ...lengthOf(outgoing.body) },
    agent: encrypted ? network.agents.https : network.agents.http,
    lookup: only(addresses),
    signal,
    maxHeaderSize: 16_384,
  }
  try {
    const response = await begin(encrypted ? https : http, options, outgoing.body)
    const body = await readBody(response, bounds.maxBytes)
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body,
      address: response.socket?.remoteAddress ?? addresses[0] ?? '',
      encrypted: url.protocol === 'https:',
    }
  } catch (error) {
    throw troubleOf(error, url, deadline, bounds)
  }
}

/** What a promise resolves to, unless the signal comes first: a resolver has time-outs of its own. */
async function before<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  signal.throwIfAborted()
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function begin(
  module: typeof http | typeof https,
  options: https.RequestOptions,
  body: string | undefined,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = module.request(options, resolve)
    request.on('error', reject)
    request.end(body)
  })
}

function place(text: string) {
  const [host, port] = text.split(':')
  return { host, port }
}

const lengthOf = (body: string | undefined) =>
  body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }

/** A lookup that knows these addresses and no others: between the check and the connection no name is resolved again. */
function only(addresses: readonly string[]): LookupFunction {
  return (_host, options, done) => {
    const all = addresses.map((address) => ({ address, family: isIP(address) }))
    if (options.all) done(null, all)
    else done(null, all[0]!.address, all[0]!.family)
  }
}

function troubleOf(error: unknown, url: URL, deadline: AbortSignal, bounds: Bounds): unknown {
  if (error instanceof Trouble) return error
  if (deadline.aborted)
    return new Trouble('timeout', `${url.host} did not answer within ${bounds.timeoutMillis / 1000} s.`, {
      again: true,
    })
  if (bounds.signal?.aborted) return error
  const { code } = error as NodeJS.ErrnoException
  return new Trouble('unreachable', `${url.host} could not be reached (${code ?? 'the connection broke'}).`, {
    again: true,
  })
}
