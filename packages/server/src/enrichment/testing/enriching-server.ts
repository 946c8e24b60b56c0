import type { Input } from '@quarry/schema'
import { createConnector, putConnectorSecret } from '@quarry/schema/endpoints/connectors'
import { createEnrichments } from '@quarry/schema/endpoints/enrichments'
import { type GroundServer, startGroundServer } from '../../testing/ground-server.ts'
import { exampleConnector } from './example-connector.ts'
import { type StubService, startStubService } from './stub-service.ts'

/** The key that the connectors of tests have. */
export const key = 'secret-of-the-test-0123456789'

type More = Partial<Input<typeof createEnrichments>['body']>
type Changes = Parameters<typeof exampleConnector>[1]

export interface EnrichingServer extends AsyncDisposable {
  server: GroundServer
  stub: StubService
  /** Adds a connector to the stub, with its key; returns its id. */
  add(changes?: Changes): Promise<string>
  ask(connectorId: string, values: string[], more?: More): ReturnType<typeof askFor>
  /** The values that reached the stub. */
  asked(): string[]
  /** Forgets what was asked; the stub knows every address again. */
  reset(): void
}

/** Starts a real server and a service for it to ask. */
export async function startEnrichingServer(): Promise<EnrichingServer> {
  const stub = await startStubService()
  const server = await startGroundServer()
  let made = 0
  return {
    server,
    stub,
    async add(changes) {
      const name = { id: `example_${++made}`, name: `Example ${made}` }
      const definition = exampleConnector(stub.place, { ...name, ...changes })
      const { id } = await server.admin.call(createConnector, { body: { definition } })
      await server.admin.call(putConnectorSecret, { params: { id }, body: { name: 'key', value: key } })
      return id
    },
    ask: (connectorId, values, more) => askFor(server, connectorId, values, more),
    asked: () => stub.got.map(({ url }) => decodeURIComponent(url.split('/')[1]!.split('?')[0]!)),
    reset() {
      stub.got = []
      stub.answer = () => ({ country_name: 'Netherlands', city: 'Amsterdam' })
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await stub[Symbol.asyncDispose]()
    },
  }
}

async function askFor(server: GroundServer, connectorId: string, values: string[], more: More = {}) {
  const body = { connectorId, type: 'ipAddress' as const, values, ...more }
  return await server.admin.call(createEnrichments, { body })
}
