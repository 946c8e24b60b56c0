import type { Connector, HttpConnector, HttpLookup } from '@quarry/schema/connectors/connector'
import type { EnrichmentReason } from '@quarry/schema/endpoints/enrichments'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkValue } from './check-value.ts'
import { type AskService, openAskService } from './http/ask-service.ts'
import { openNetwork } from './http/network.ts'
import { maskOf } from './mask.ts'
import { readShipped } from './shipped-connectors.ts'
import {
  type Answering,
  failing,
  type failures,
  large,
  type StubService,
  startStubService,
} from './testing/stub-service.ts'
import { Trouble } from './trouble.ts'

type Test = HttpConnector['tests'][number]

const shipped = readShipped()
const overHttp = shipped.filter((connector): connector is HttpConnector => connector.kind === 'http')
const key = 'key-of-a-test+/='

let stub: StubService
beforeAll(async () => {
  stub = await startStubService()
})
afterAll(() => stub[Symbol.asyncDispose]())

/** Asks a connector whose hosts are all the stub; the connector itself is the shipped one. */
function ask(
  connector: HttpConnector,
  { type, value: text }: Pick<Test, 'type' | 'value'>,
  answer: Answering,
) {
  const to = Object.fromEntries(connector.hosts.map((host) => [host, stub.place]))
  stub.answer = answer
  stub.got = []
  return askOn(openAskService(openNetwork(to)), connector, type, text)
}

async function askOn(service: AskService, connector: HttpConnector, type: Test['type'], text: string) {
  const { value, lookup } = checkValue(connector, type, text)
  let reserved = 0
  const reserve = async () => void reserved++
  const asked = await service(connector, lookup as HttpLookup, value, () => key, { reserve })
  expect(reserved).toBe(1)
  return asked
}

const troubleOf = (promise: Promise<unknown>): Promise<Trouble> =>
  promise.then(
    () => expect.fail('it answered'),
    (error) => (error instanceof Trouble ? error : Promise.reject(error)),
  )

test('there is what is promised, each with an answer in its documented shape', () => {
  expect(shipped.map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      ...[
        'virustotal',
        'ipstack',
        'abuseipdb',
        'greynoise_community',
        'shodan_internetdb',
        'circl_hashlookup',
      ],
      ...[
        'malwarebazaar',
        'urlhaus',
        'threatfox',
        'otx',
        'urlscan',
        'ipinfo',
        'sans_isc',
        'rdap_ip',
        'rdap_domain',
      ],
      ...[
        'circl_cve',
        'geolite_city',
        'geolite_asn',
        'local_hashes',
        'local_indicators',
        'hashlookup_bloom',
        'ioc_lists',
      ],
    ]),
  )
  expect(overHttp.filter(({ tests }) => tests.length === 0)).toEqual([])
})

describe.each(overHttp.map((connector) => [connector.id, connector] as const))('%s', (_id, connector) => {
  test.each(connector.tests.map((each, index) => [`${each.type} ${each.value} (${index})`, each] as const))(
    'reads its answer about %s',
    async (_name, { sends, status, answer, expect: expected, ...asked }) => {
      const answering: Answering = (_got, response) => {
        response.statusCode = status
        return answer
      }
      const result = await ask(connector, asked, answering).catch((error) => error)
      if (expected.status === 'failed') return expect(result).toMatchObject({ reason: 'serviceError' })
      expect(result).not.toBeInstanceOf(Error)
      const { verdict } = result.mapped
      expect({ ...result.mapped, verdict }).toMatchObject({ ...expected, verdict: expected.verdict })
      const { method, url } = stub.got[0]!
      const scheme = connector.lookups.some(({ request }) => request.url.startsWith('http:'))
        ? 'http'
        : 'https'
      if (sends)
        expect(maskOf([key])(`${method} ${scheme}://${url}`).replace(/[?&]\w+=••••••$/, '')).toBe(
          sends.replace(/[?&]\w+=••••••$/, ''),
        )
      expect(JSON.stringify(result.mapped)).not.toContain(key)
    },
  )

  const first = connector.tests[0]!
  const expected: Record<keyof typeof failures, EnrichmentReason> = {
    'no such page': 'serviceError',
    'a refused key': 'unauthorized',
    'too many requests': 'rateLimited',
    'an inner error': 'serviceError',
    'broken JSON': 'badAnswer',
    'a redirect to the metadata of a cloud': 'refusedRedirect',
  }
  test.each(Object.entries(expected) as [keyof typeof failures, EnrichmentReason][])(
    'takes %s as %s',
    async (kind, reason) => {
      const result = ask(connector, first, failing(kind))
      const saysNotFound = kind === 'no such page' && knowsNotFound(connector, first)
      if (saysNotFound)
        return expect((await result).mapped).toEqual({ status: 'notFound', fields: {}, links: [] })
      const trouble = await troubleOf(result)
      expect(trouble.reason).toBe(reason)
      const rests: { [K in typeof kind]?: number } = { 'too many requests': 7000, 'a refused key': 300_000 }
      expect(trouble.restMillis).toBe(rests[kind])
      expect(stub.got).toHaveLength(1)
    },
  )

  test('stops reading a body of 10 MB', async () => {
    const trouble = await troubleOf(ask(connector, first, large(10 << 20)))
    expect([trouble.reason, trouble.message]).toEqual(['tooLarge', expect.stringContaining('2 MiB')])
  })

  test('stops waiting for a service that hangs', async () => {
    const hasty = { ...connector, limits: { ...connector.limits, timeoutSeconds: 0.1 } }
    const trouble = await troubleOf(ask(hasty, first, () => undefined))
    expect(trouble.reason).toBe('timeout')
  })

  test('sends nothing to a name that leads to this machine', async () => {
    const network = { ...openNetwork(), resolve: async () => ['93.184.216.34', '127.0.0.1'] }
    const trouble = await troubleOf(askOn(openAskService(network), connector, first.type, first.value))
    expect([trouble.reason, trouble.message]).toEqual([
      'refusedAddress',
      expect.stringContaining('127.0.0.1'),
    ])
  })
})

function knowsNotFound(connector: HttpConnector, { type, value }: Test): boolean {
  const { lookup } = checkValue(connector, type, value)
  return lookup.response.notFound.some(({ status }) => status?.includes(404))
}

test('every type of value leads to a lookup that maps something', () => {
  const lookups = shipped.flatMap((connector: Connector) =>
    connector.kind === 'link' ? [] : connector.lookups,
  )
  expect(lookups.filter(({ response }) => Object.keys(response.fields).length === 0)).toEqual([])
})
