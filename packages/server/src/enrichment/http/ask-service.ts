import type { HttpConnector, HttpLookup } from '@quarry/schema/connectors/connector'
import { parseJsonPath, readJsonPath } from '@quarry/schema/connectors/json-path'
import { holds, type Mapped, mapAnswer } from '../map-answer.ts'
import { maskOf } from '../mask.ts'
import { Trouble } from '../trouble.ts'
import { buildRequest, type Secrets } from './build-request.ts'
import type { Answer, Outgoing } from './exchange.ts'
import { follow } from './follow.ts'
import type { Network } from './network.ts'
import { retryAfterMillis } from './retry-after.ts'

/** Bytes of an answer that are read. */
const maxBytes = 2 << 20
/** How long an address is taken to speak plain http alone, once https failed there. */
const plainMillis = 3_600_000
const httpsTryMillis = 5000
const unauthorizedMillis = 300_000

export interface Asked {
  mapped: Mapped
  /** The answer as it came, secrets masked. */
  raw: unknown
  answer: Answer
}

/** Watches one request: what was sent and what came, for whoever tests a connector. */
export interface Witness {
  sent?(outgoing: Outgoing): void
  came?(answer: Answer): void
}

export type AskService = ReturnType<typeof openAskService>

/** Asks services over HTTP, one request for one value; waiting, retries and rest are the lane's. */
export function openAskService(network: Network) {
  /** By scheme-less host: until when plain http is used at once. */
  const plain = new Map<string, number>()

  /**
   * Asks once.
   * @param reserve counts the request against the rate and the quota; called before each that is sent
   * @throws Trouble
   */
  return async function ask(
    connector: HttpConnector,
    lookup: HttpLookup,
    value: string,
    secrets: Secrets,
    {
      reserve,
      signal,
      witness,
    }: { reserve(): Promise<void>; signal?: AbortSignal | undefined; witness?: Witness },
  ): Promise<Asked> {
    const outgoing = buildRequest(lookup, value, secrets)
    const values = Object.keys(connector.secrets).flatMap((name) => secrets(name) ?? [])
    const mask = maskOf(values)
    const bounds = {
      allowPrivate: connector.allowPrivate,
      timeoutMillis: connector.limits.timeoutSeconds * 1000,
      maxBytes,
      signal,
    }
    const send = async (request: Outgoing, timeoutMillis = bounds.timeoutMillis) => {
      witness?.sent?.(request)
      const answer = await follow(network, request, connector.hosts, { ...bounds, timeoutMillis })
      witness?.came?.(answer)
      return answer
    }
    try {
      await reserve()
      const { url } = outgoing
      if (url.protocol === 'http:' && (plain.get(url.host) ?? 0) < Date.now()) {
        const secured = { ...outgoing, url: new URL(url.href.replace(/^http:/, 'https:')) }
        const answer = await send(secured, Math.min(bounds.timeoutMillis, httpsTryMillis)).catch(orUndefined)
        if (answer && !refusesHttps(lookup, answer)) return read(lookup, value, answer, mask)
        plain.set(url.host, Date.now() + plainMillis)
        if (answer) await reserve()
      }
      return read(lookup, value, await send(outgoing), mask)
    } catch (error) {
      if (!(error instanceof Trouble)) throw error
      const { reason, again, restMillis } = error
      throw new Trouble(reason, mask(error.message), {
        again,
        ...(restMillis !== undefined && { restMillis }),
      })
    }
  }
}

/** Only what shows that nobody speaks https there leads to plain http; a refused address stays refused. */
function orUndefined(error: unknown): undefined {
  if (error instanceof Trouble && (error.reason === 'unreachable' || error.reason === 'timeout'))
    return undefined
  throw error
}

function refusesHttps({ response }: HttpLookup, answer: Answer): boolean {
  const body = jsonOf(answer)
  return response.errors.some(({ when, plainHttp }) => plainHttp === true && holds(when, answer.status, body))
}

function read(
  { response }: HttpLookup,
  value: string,
  answer: Answer,
  mask: (text: string) => string,
): Asked {
  const { status } = answer
  const raw = jsonOf(answer, mask)
  for (const { when, message } of response.errors) {
    if (!holds(when, status, raw)) continue
    const said = message === undefined ? undefined : readJsonPath(parseJsonPath(message)!, raw)[0]
    throw new Trouble('serviceError', `The service answered with an error${quoted(said)}.`)
  }
  if (response.notFound.some((condition) => holds(condition, status, raw)))
    return { mapped: mapAnswer(response, value, status, raw), raw, answer }
  refuseStatus(answer, raw)
  if (raw === undefined)
    throw new Trouble('badAnswer', 'The service answered with something that is not JSON.')
  return { mapped: mapAnswer(response, value, status, raw), raw, answer }
}

function refuseStatus({ status, headers }: Answer, raw: unknown): void {
  if (status >= 200 && status < 300) return
  const restMillis = retryAfterMillis(headers['retry-after'])
  const rest = restMillis === undefined ? {} : { restMillis }
  if (status === 401 || status === 403) {
    // 401 is about the key. 403 may be about the value, and leads to a rest only when it goes on.
    const rests = status === 401 ? { restMillis: unauthorizedMillis } : {}
    throw new Trouble(
      'unauthorized',
      `The service refused the key (${status})${quoted(firstText(raw))}.`,
      rests,
    )
  }
  if (status === 429)
    throw new Trouble('rateLimited', 'The service says that too many requests were made (429).', {
      again: true,
      ...rest,
    })
  throw new Trouble('serviceError', `The service answered ${status}${quoted(firstText(raw))}.`, {
    again: status >= 500,
    ...rest,
  })
}

function jsonOf({ body }: Answer, mask: (text: string) => string = (text) => text): unknown {
  try {
    return JSON.parse(mask(body.toString('utf8')))
  } catch {
    return undefined
  }
}

/** The text with which services explain an error. */
function firstText(raw: unknown): unknown {
  const paths = ['error.message', 'message', 'error', 'errors[0].detail', 'detail', 'query_status']
  return paths
    .map((path) => readJsonPath(parseJsonPath(path)!, raw)[0])
    .find((found) => typeof found === 'string')
}

const quoted = (said: unknown) =>
  typeof said === 'string' || typeof said === 'number' ? `: “${String(said).slice(0, 200)}”` : ''
