import { Verdict } from '@quarry/schema/connectors/connector'
import type { ResultColumn, ResultItem } from '@quarry/schema/endpoints/run-results'
import { type CellKind, cellKind, isNumeric } from '../../components/cells/cell-kind.ts'
import { cellText } from '../../components/cells/cell-text.ts'
import { scoreHelp } from '../../components/cells/score-name.ts'
import { ValueCell } from '../../components/cells/value-cell.tsx'
import type { GridColumn } from '../../components/grid/grid-types.ts'
import { VerdictMark } from '../enrichment/verdict-mark.tsx'
import { scoreTip } from '../scores/score-tip.ts'
import { columnWidth, type Measure } from './column-width.ts'
import { isSortable } from './selection.ts'

const RIGHT = new Set<CellKind>(['number', 'bytes', 'seconds', 'milliseconds', 'score'])
const GROW: Partial<Record<CellKind, number>> = { path: 3, text: 2, address: 1 }

const TYPE_WORDS: Record<ResultColumn['type'], string> = {
  text: 'text',
  integer: 'whole number',
  bigint: 'whole number',
  unsigned_bigint: 'whole number',
  double: 'number',
  blob: 'bytes, as base64',
}

/**
 * Makes the columns of the grid from those of the results.
 * @param sample some rows, from which the widths are taken.
 */
export function resultsColumns(
  columns: readonly ResultColumn[],
  sample: readonly ResultItem[],
  filtered: ReadonlySet<string>,
  measure: Measure,
): GridColumn<ResultItem>[] {
  return columns.map((column) => {
    const { name, scale, enrichment } = column
    const label = enrichment?.label ?? name
    const kind = cellKind(column)
    const reasons = scoreTip(column, columns)
    return {
      id: name,
      label,
      tip: [
        `${name}: ${TYPE_WORDS[column.type]}`,
        enrichment && `what a connector says of ${enrichment.column}`,
        column.origin && `from ${column.origin}`,
        scoreHelp(column),
      ]
        .filter(Boolean)
        .join('\n'),
      align: isNumeric(column) && RIGHT.has(kind) ? 'right' : 'left',
      width: columnWidth(
        { kind, label, scale },
        sample.map((row) => cellText(row[name])),
        measure,
      ),
      grow: GROW[kind] ?? 0,
      sortable: isSortable(column),
      filtered: filtered.has(name),
      draw: (row) =>
        enrichedCell(column, row) ?? (
          <ValueCell kind={kind} scale={scale} value={row[name]} reasons={reasons?.(row)} />
        ),
      text: (row) => cellText(row[name]),
    }
  })
}

/** What a connector said where that is drawn in a way of its own: no answer, and the verdict. */
function enrichedCell({ name, enrichment }: ResultColumn, row: ResultItem) {
  if (!enrichment) return undefined
  if (row[name] === null)
    return (
      <span className="dimmed" data-tip="No answer: not asked about, not known, or without this field.">
        −
      </span>
    )
  if (enrichment.field !== 'verdict') return undefined
  const verdict = Verdict.safeParse(row[name])
  return verdict.success ? <VerdictMark verdict={verdict.data} /> : undefined
}
