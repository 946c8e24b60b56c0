import type { FileConnector, Lookup } from '@quarry/schema/connectors/connector'
import { Reader, type Response } from 'mmdb-lib'
import { type Mapped, mapAnswer } from '../map-answer.ts'
import { readBloom } from './bloom.ts'
import type { Files } from './files.ts'
import { readList } from './list.ts'

/**
 * Asks a file about a value: nothing leaves the server, and nothing is kept, as the file itself answers at once.
 * @throws Trouble needsFile
 */
export async function askFile(
  files: Files,
  connector: FileConnector,
  { response }: Lookup,
  value: string,
): Promise<{ mapped: Mapped; raw: unknown }> {
  const raw = await answerOf(files, connector, value)
  if (raw === undefined) return { mapped: { status: 'notFound', fields: {}, links: [] }, raw: null }
  return { mapped: mapAnswer(response, value, 200, raw), raw }
}

async function answerOf(files: Files, connector: FileConnector, value: string): Promise<unknown> {
  const { kind, file } = connector
  if (kind === 'mmdb') {
    const reader = await files.read(file, kind, (bytes) => new Reader<Response>(bytes))
    return reader.get(value) ?? undefined
  }
  if (kind === 'list') return (await files.read(file, kind, readList)).get(value.toLowerCase())
  const filter = await files.read(file, kind, readBloom)
  const written = connector.letters === 'upper' ? value.toUpperCase() : value.toLowerCase()
  return filter.has(written)
    ? { known: true, errorRate: filter.errorRate, entries: filter.entries }
    : undefined
}
