import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startQuarry } from '@quarry/devkit'
import { readEvents, send } from '@quarry/schema'
import type { ConnectorInput } from '@quarry/schema/connectors/connector'
import { createConnector } from '@quarry/schema/endpoints/connectors'
import { EnrichmentEvent, streamEnrichments } from '@quarry/schema/endpoints/enrichments'
import { defineBench, median } from '../scripts/define-bench.ts'

const stubMillis = 50
const concurrency = 16
const perSecond = 250

export default defineBench({
  name: 'enrich',
  description:
    'Asks a connector about a column of 10,000 cells with 1,000 distinct values, over a service that takes 50 ms; then again, from the cache.',
  goals: { callsPerValue: { max: 1 }, idealRatio: { max: 1.2 }, cached10kMs: { max: 200 } },
  async run({ quick, progress }) {
    const distinct = quick ? 500 : 1000
    const cells = distinct * 10
    await using service = await startService()
    await using quarry = await startQuarry({ agents: 0 })
    const { id } = await quarry.call(createConnector, { body: { definition: connectorTo(service.place) } })
    const values = Array.from({ length: cells }, (_, cell) => addressOf((cell * 7) % distinct))
    const ask = async () => {
      const begun = performance.now()
      const body = { connectorId: id, type: 'ipAddress' as const, values }
      const response = await send(quarry.url, streamEnrichments, { body }, { headers: quarry.headers })
      const answers = new Map<string, string>()
      for await (const event of readEvents(response, EnrichmentEvent))
        if (event.event === 'items')
          for (const { value, fields } of event.items) answers.set(value, String(fields.city))
      // Every cell has its answer: that is what a person waits for.
      const filled = values.filter((value) => answers.get(value) === `City of ${value}`).length
      if (filled !== cells) throw new Error(`${cells - filled} cells have no answer.`)
      return performance.now() - begun
    }
    const bareMs = await bareClient(service.place, distinct)
    const bareCalls = service.calls()
    const firstMs = await ask()
    const upstreamCalls = service.calls() - bareCalls
    progress(`${cells} cells in ${(firstMs / 1000).toFixed(2)} s, ${upstreamCalls} calls`)
    const cached: number[] = []
    for (let n = 0; n < 7; n++) cached.push(await ask())
    if (service.calls() !== bareCalls + upstreamCalls)
      throw new Error('A value was sent again within its cache time.')
    const [coldCachedMs = 0, ...warm] = cached
    const idealMs = idealTime(distinct)
    return {
      params: { cells, distinct, stubMillis, concurrency, perSecond },
      figures: {
        upstreamCalls,
        distinctValues: distinct,
        callsPerValue: upstreamCalls / distinct,
        firstMs,
        idealMs,
        idealRatio: firstMs / idealMs,
        coldCachedMs,
        cached10kMs: (median(warm) * 10_000) / cells,
      },
      peers: { bareClient: { firstMs: bareMs } },
    }
  },
})

/**
 * How long a perfect client takes that may have so many requests under way and send so many in any second: each request
 * goes the moment that both allow it.
 */
function idealTime(distinct: number): number {
  const sent: number[] = []
  for (let n = 0; n < distinct; n++) {
    const free = n < concurrency ? 0 : sent[n - concurrency]! + stubMillis
    const allowed = n < perSecond ? 0 : sent[n - perSecond]! + 1000
    sent.push(Math.max(free, allowed))
  }
  return sent.at(-1)! + stubMillis
}

/** As many requests at once with nothing around them: what this machine and its timers cost by themselves. */
async function bareClient(place: string, distinct: number): Promise<number> {
  const begun = performance.now()
  let next = 0
  const worker = async () => {
    while (next < distinct) await (await fetch(`http://${place}/${addressOf(next++)}`)).text()
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return performance.now() - begun
}

const addressOf = (n: number) => `9.${1 + Math.floor(n / 250)}.0.${n % 250}`

async function startService() {
  let calls = 0
  const server = createServer((request, response) => {
    calls++
    const value = request.url!.slice(1)
    setTimeout(() => response.end(JSON.stringify({ city: `City of ${value}` })), stubMillis)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    place: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function connectorTo(place: string): ConnectorInput {
  return {
    id: 'bench',
    name: 'Bench',
    description: 'A service that takes its time.',
    kind: 'http',
    hosts: [place],
    allowPrivate: true,
    limits: { requests: perSecond, perSeconds: 1, concurrency },
    lookups: [
      {
        types: ['ipAddress'],
        request: { url: `http://${place}/{value}` },
        response: { fields: { city: { path: 'city', label: 'City' } } },
      },
    ],
  }
}
