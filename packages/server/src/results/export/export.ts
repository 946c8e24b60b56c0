import type { Db } from '../result-file.ts'
import type { Views } from '../view.ts'
import { writeCsv } from './csv.ts'
import { writeJsonl } from './jsonl.ts'
import { writeParquet } from './parquet.ts'
import { type ExportRequest, openExport } from './read-chunks.ts'

const writers = { csv: writeCsv, jsonl: writeJsonl, parquet: writeParquet }

/**
 * Writes the selected rows as a file, piece by piece.
 * @throws AppError column_not_found, bad_request, before the first piece
 */
export function writeExport(db: Db, views: Views, request: ExportRequest): Generator<string | Uint8Array> {
  return writers[request.format](openExport(db, views, request))
}
