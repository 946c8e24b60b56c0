import type { ConnectorInput } from '@quarry/schema/connectors/connector'

type HttpInput = Extract<ConnectorInput, { kind: 'http' }>

/** A connector of one's own that asks a service on the loopback, with its key in the query and in a header. */
export function exampleConnector(place: string, changes: Partial<HttpInput> = {}): HttpInput {
  return {
    id: 'example',
    name: 'Example',
    description: 'An example.',
    kind: 'http',
    hosts: [place],
    allowPrivate: true,
    secrets: { key: { label: 'Access key' } },
    limits: { requests: 10_000, perSeconds: 1, concurrency: 16, timeoutSeconds: 5 },
    lookups: [
      {
        types: ['ipAddress', 'sha256'],
        request: {
          url: `http://${place}/{value}`,
          query: { access_key: '{secret.key}' },
          headers: { 'X-Key': '{secret.key}' },
        },
        response: {
          notFound: [{ status: [404] }],
          fields: {
            country: { path: 'country_name', label: 'Country' },
            city: { path: 'city', label: 'City' },
          },
          verdict: [{ verdict: 'suspicious', field: 'country', equals: 'Nowhere' }],
          otherwise: 'informative',
          links: [{ label: 'Open', url: 'https://example.com/{value}' }],
        },
      },
    ],
    ...changes,
  }
}
