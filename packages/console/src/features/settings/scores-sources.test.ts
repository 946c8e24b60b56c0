import type { ConnectorSummary } from '@quarry/schema/endpoints/connectors'
import { expect, test } from 'vitest'
import { receivers, sourcesOf } from './scores-sources.ts'

const connector = (id: string, kind: ConnectorSummary['kind'], types: ConnectorSummary['types']) =>
  ({ id, name: id, kind, types }) as ConnectorSummary
const sources = sourcesOf([
  connector('Virus', 'http', ['url', 'sha1', 'sha256']),
  connector('Addresses', 'http', ['ipAddress']),
  connector('Filter', 'bloom', ['sha1']),
  connector('Page', 'link', ['sha256']),
  connector('Bazaar', 'http', ['sha256']),
])

test('takes what can be asked by a hash, the server’s own files first', () => {
  expect(sources.map(({ connector: { id }, sent, leaves }) => [id, sent, leaves])).toEqual([
    ['Filter', 'SHA-1', false],
    ['Bazaar', 'SHA-256', true],
    ['Virus', 'SHA-256', true],
  ])
})

test('names the services that hashes are sent to', () => {
  expect(receivers(sources, ['Filter'])).toEqual([])
  expect(receivers(sources, ['Virus', 'Filter', 'gone'])).toEqual(['Virus'])
})
