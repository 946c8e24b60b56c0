import type { ResultColumn, ResultItem } from '@quarry/schema/endpoints/run-results'
import { cellKind } from '../../components/cells/cell-kind.ts'
import { parseSophosPid } from '../../components/cells/sophos-pid.ts'

/** The process that a cell names, with its device; undefined for any other cell. */
export function processOf(
  column: ResultColumn,
  row: ResultItem,
): { deviceId: string; sophosPid: string } | undefined {
  if (cellKind(column) !== 'sophosPid' && !/sophos_?pid$/i.test(column.name)) return undefined
  const sophosPid = String(row[column.name] ?? '')
  const deviceId = row.endpointId
  return typeof deviceId === 'string' && parseSophosPid(sophosPid) ? { deviceId, sophosPid } : undefined
}
