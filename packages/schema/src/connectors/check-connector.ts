import type { Connector, ConnectorResponse, HttpConnector, HttpLookup } from './connector.ts'
import { badLinkTemplate } from './link-template.ts'
import { badPlaceholder, placeholdersOf } from './template.ts'

interface Issue {
  path: (string | number)[]
  message: string
}

/** Lists what is wrong with a connector beyond the shape of its fields: places of values, hosts, secrets, rules. */
export function badConnector(connector: Connector): Issue[] {
  if (connector.kind === 'link') {
    const wrong = badLinkTemplate(connector.url, connector.types)
    return wrong === undefined ? [] : [{ path: ['url'], message: wrong }]
  }
  return connector.lookups.flatMap((lookup, index) => [
    ...badResponse(lookup.response, ['lookups', index, 'response']),
    ...(connector.kind === 'http'
      ? badRequest(connector, lookup as HttpLookup, ['lookups', index, 'request'])
      : []),
  ])
}

function badResponse(response: ConnectorResponse, at: Issue['path']): Issue[] {
  const rules = response.verdict.flatMap(({ field }, index) =>
    Object.hasOwn(response.fields, field)
      ? []
      : [{ path: [...at, 'verdict', index, 'field'], message: `there is no field “${field}”` }],
  )
  const links = response.links.flatMap(({ url }, index) => {
    const wrong = /^https?:\/\/[^/?#{}]+(\/|$)/.test(url)
      ? badPlaceholder(url)
      : 'is not an http or https address'
    return wrong === undefined ? [] : [{ path: [...at, 'links', index, 'url'], message: wrong }]
  })
  return [...rules, ...links]
}

function badRequest(connector: HttpConnector, { request }: HttpLookup, at: Issue['path']): Issue[] {
  const issues: Issue[] = []
  const url = badUrl(connector, request.url)
  if (url !== undefined) issues.push({ path: [...at, 'url'], message: url })
  if (request.json !== undefined && request.form !== undefined)
    issues.push({ path: [...at, 'form'], message: 'a request has one body, json or form' })
  if (request.method === 'GET' && (request.json !== undefined || request.form !== undefined))
    issues.push({ path: [...at, 'method'], message: 'a request with a body is a POST' })
  const texts: [string, string[]][] = [
    ['query', Object.values(request.query)],
    ['headers', Object.values(request.headers)],
    ['form', Object.values(request.form ?? {})],
    ['json', textsOf(request.json)],
  ]
  for (const [part, values] of texts) {
    for (const text of values) {
      const wrong = badPlaceholder(text) ?? unknownSecret(connector, text)
      if (wrong !== undefined) issues.push({ path: [...at, part], message: wrong })
    }
  }
  issues.push(...keysInTheOpen(request, at))
  const all = [request.url, ...texts.flatMap(([, values]) => values)]
  if (!all.some((text) => placeholdersOf(text).some(({ secret }) => secret === undefined)))
    issues.push({ path: at, message: 'the value is nowhere in the request; put {value} where it belongs' })
  return issues
}

const keyName = /^(authorization|.*(api|access|auth|secret)[-_]?key|key|.*token|.*secret|.*password)$/i

/** A key that stands in the definition itself would be exported with it; it belongs into a secret. */
function keysInTheOpen({ query, headers, form = {} }: HttpLookup['request'], at: Issue['path']): Issue[] {
  return Object.entries({ query, headers, form }).flatMap(([part, fields]) =>
    Object.entries(fields).flatMap(([name, text]) =>
      keyName.test(name) && text.length >= 8 && placeholdersOf(text).length === 0
        ? [
            {
              path: [...at, part, name],
              message: 'looks like a key; keep it as a secret and write {secret.key} here',
            },
          ]
        : [],
    ),
  )
}

/** A value is one whole segment of the path, never scheme, host or port; a secret is never in it: paths are logged. */
function badUrl(connector: HttpConnector, url: string): string | undefined {
  const parts = /^(https?):\/\/([^/?#]+)(\/[^?#]*)?$/.exec(url)
  if (!parts) return 'must be http(s)://host/path; what follows a question mark belongs into query'
  const [, scheme, host, path = '/'] = parts
  if (!connector.hosts.includes(host!)) return `${host} is not among the hosts of the connector`
  if (!URL.canParse(`${scheme}://${host}/`) || host!.includes('@')) return `${host} is not a host`
  for (const segment of path.split('/')) {
    const places = placeholdersOf(segment)
    if (places.some(({ secret }) => secret !== undefined))
      return 'a secret cannot stand in the path; use a header'
    if (places.length > 0 && places[0]!.text !== segment)
      return `${segment} must be the value alone or not hold it`
  }
  return badPlaceholder(url)
}

function unknownSecret(connector: HttpConnector, text: string): string | undefined {
  const found = placeholdersOf(text).find(
    ({ secret }) => secret !== undefined && !Object.hasOwn(connector.secrets, secret),
  )
  return found && `there is no secret “${found.secret}”`
}

/** Every text within a JSON value. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
