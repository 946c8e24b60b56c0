import { globSync, readFileSync } from 'node:fs'
import { Connector, typesOf } from '@quarry/schema/connectors/connector'
import { parse } from 'yaml'
import type { Page } from '../gen.ts'
import { page, table } from '../markdown.ts'

/** `docs/reference/connectors.md`: the connectors that ship. */
export default async function connectorsPage(): Promise<Page[]> {
  const folder = new URL('../../connectors/', import.meta.url)
  const connectors = globSync('*.yaml', { cwd: folder })
    .sort()
    .map((file) => Connector.parse(parse(readFileSync(new URL(file, folder), 'utf8'))))
  const of = (...kinds: Connector['kind'][]) => connectors.filter(({ kind }) => kinds.includes(kind))
  const types = (connector: Connector) => typesOf(connector).join(', ')
  const services = of('http').map((connector) => [
    `\`${connector.id}\``,
    connector.description,
    types(connector),
    keysOf(connector),
    paceOf(connector),
  ])
  const files = of('mmdb', 'list', 'bloom', 'iocLists').map((connector) => [
    `\`${connector.id}\``,
    connector.description,
    types(connector),
    'file' in connector ? `\`${connector.file}\`` : '',
  ])
  const links = of('link').map((connector) => [
    `\`${connector.id}\``,
    connector.description,
    types(connector),
    connector.kind === 'link' ? `\`${connector.url}\`` : '',
  ])
  const text = page(
    '# Connectors',
    'What ships, from the files of `connectors/`. How they work and how to add one: [enrichment](../enrichment.md).',
    '## Services',
    'Limits are careful values to begin with, not a promise of the services: set those of your account.',
    table(['id', 'what it says', 'asked about', 'key', 'limits'], services),
    '## Files on the server',
    table(['id', 'what it says', 'asked about', 'file'], files),
    '## Links',
    table(['id', 'what it opens', 'for', 'address'], links),
  )
  return [{ path: 'docs/reference/connectors.md', text }]
}

function keysOf(connector: Connector): string {
  const secrets = connector.kind === 'http' ? Object.values(connector.secrets) : []
  if (secrets.length === 0) return 'none'
  return secrets.every(({ required }) => required) ? 'needed' : 'optional'
}

function paceOf(connector: Connector): string {
  if (connector.kind !== 'http') return ''
  const { requests, perSeconds, perDay } = connector.limits
  const day = perDay === undefined ? '' : `, ${perDay.toLocaleString('en')} a day`
  return `${requests} in ${perSeconds} s${day}`
}
