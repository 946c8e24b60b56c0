import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { toCell } from '../values.ts'
import type { ExportColumn, ExportSource } from './read-chunks.ts'

type Kind = 'INT64' | 'DOUBLE' | 'STRING' | 'BYTE_ARRAY'
type Schema = ConstructorParameters<typeof ParquetWriter>[0]['schema']

/** A row group holds this many rows, or fewer when their text is long. */
const groupRows = 50_000
const groupBytes = 24 << 20
const chunkRows = 1000

/**
 * Writes an export as Parquet, one row group after the other, so that memory stays bounded.
 * A column of integers alone becomes INT64, of numbers DOUBLE, of blobs BYTE_ARRAY; any other one text.
 */
export function* writeParquet(source: ExportSource): Generator<Uint8Array> {
  const kinds = source.columns.map((column) => kindOf(column, source.kinds(column)))
  const schema: Schema = [
    { name: 'root', num_children: kinds.length },
    ...source.columns.map(({ name }, index) => element(name, kinds[index]!)),
  ]
  const writer = new ByteWriter()
  const parquet = new ParquetWriter({ writer, schema, createdBy: 'Quarry' })
  const take = (): Uint8Array => {
    const bytes = writer.getBytes().slice()
    writer.index = 0
    return bytes
  }

  let group: unknown[][] = kinds.map(() => [])
  let bytes = 0
  const writeGroup = () => {
    const columnData = group.map((data, index) => ({ name: source.columns[index]!.name, data }))
    parquet.write({ columnData, rowGroupSize: groupRows })
    group = kinds.map(() => [])
    bytes = 0
  }
  for (const rows of source.chunks(chunkRows)) {
    for (const row of rows) {
      for (let index = 0; index < row.length; index++) {
        const value = convert(row[index], kinds[index]!)
        if (typeof value === 'string' || value instanceof Uint8Array) bytes += value.length
        group[index]!.push(value)
      }
    }
    if (group[0]!.length < groupRows && bytes < groupBytes) continue
    writeGroup()
    yield take()
  }
  if ((group[0]?.length ?? 0) > 0) writeGroup()
  parquet.finish()
  yield take()
}

function kindOf(column: ExportColumn, found: Set<string>): Kind {
  found.delete('null')
  if (found.size === 0) {
    if (column.type === 'text') return 'STRING'
    if (column.type === 'blob') return 'BYTE_ARRAY'
    return column.type === 'double' ? 'DOUBLE' : 'INT64'
  }
  const only = (...kinds: string[]) => [...found].every((kind) => kinds.includes(kind))
  if (only('integer')) return 'INT64'
  if (only('integer', 'real')) return 'DOUBLE'
  return only('blob') ? 'BYTE_ARRAY' : 'STRING'
}

function element(name: string, kind: Kind): Schema[number] {
  return kind === 'STRING'
    ? { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' }
    : { name, type: kind, repetition_type: 'OPTIONAL' }
}

function convert(value: unknown, kind: Kind): unknown {
  if (value === null) return null
  if (kind === 'DOUBLE') return Number(value)
  return kind === 'STRING' ? String(toCell(value)) : value
}
