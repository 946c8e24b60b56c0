import type { HttpLookup } from '@quarry/schema/connectors/connector'
import { fillTemplate } from '@quarry/schema/connectors/template'
import { Trouble } from '../trouble.ts'
import type { Outgoing } from './exchange.ts'

export type Secrets = (name: string) => string | undefined

/**
 * Writes the request for one value: the value is percent-encoded in the path and the query, checked in headers, and a
 * text in the body. A query field, header or form field whose optional secret is not set is left out.
 * @throws Trouble notAValue when the value cannot stand in its place
 */
export function buildRequest({ request }: HttpLookup, value: string, secrets: Secrets): Outgoing {
  const url = new URL(fillTemplate(request.url, value, secrets, segment)!)
  for (const [name, text] of filled(request.query, value, secrets)) url.searchParams.append(name, text)
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-encoding': 'gzip',
    'user-agent': 'Quarry',
    ...Object.fromEntries(
      filled(request.headers, value, secrets).map(([name, text]) => [name.toLowerCase(), header(text)]),
    ),
  }
  if (request.json !== undefined) {
    headers['content-type'] = 'application/json'
    return {
      method: request.method,
      url,
      headers,
      body: JSON.stringify(inJson(request.json, value, secrets)),
    }
  }
  if (request.form !== undefined) {
    headers['content-type'] = 'application/x-www-form-urlencoded'
    const body = new URLSearchParams(filled(request.form, value, secrets)).toString()
    return { method: request.method, url, headers, body }
  }
  return { method: request.method, url, headers }
}

/** One whole segment of a path: dots alone would climb, and emptiness would shift what follows. */
function segment(value: string): string {
  if (value === '' || value === '.' || value === '..')
    throw new Trouble('notAValue', 'This value cannot stand in an address. Nothing was sent.')
  return encodeURIComponent(value)
}

function header(value: string): string {
  if (/^[\x20-\x7e]*$/.test(value)) return value
  throw new Trouble('notAValue', 'This value has characters that cannot stand in a header. Nothing was sent.')
}

function filled(fields: Record<string, string>, value: string, secrets: Secrets): [string, string][] {
  return Object.entries(fields).flatMap(([name, template]) => {
    const text = fillTemplate(template, value, secrets)
    return text === undefined ? [] : [[name, text]]
  })
}

function inJson(template: unknown, value: string, secrets: Secrets): unknown {
  if (typeof template === 'string') return fillTemplate(template, value, secrets)
  if (Array.isArray(template)) return template.map((each) => inJson(each, value, secrets))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(
    Object.entries(template).map(([key, each]) => [key, inJson(each, value, secrets)]),
  )
}
