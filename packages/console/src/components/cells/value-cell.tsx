import type { Cell } from '@quarry/schema'
import type { ResultColumn } from '@quarry/schema/endpoints/run-results'
import classes from './cell.module.css'
import type { CellKind } from './cell-kind.ts'
import { numberOf } from './cell-text.ts'
import { BytesCell, DurationCell, TimeCell } from './number-cells.tsx'
import { ScoreBadge } from './score-badge.tsx'
import { AddressCell, HashCell, PathCell, SophosPidCell, TextCell } from './text-cells.tsx'

interface Props {
  kind: CellKind
  scale: ResultColumn['scale']
  value: Cell | undefined
  /** Of a score: its reasons, for whoever hovers over it. */
  reasons?: string | undefined
}

/** One value of a result, drawn by the kind of its column. NULL and empty text look different. */
export function ValueCell({ kind, scale, value, reasons }: Props) {
  if (value === null || value === undefined)
    return (
      <span className={classes.none} data-tip="NULL: there is no value.">
        NULL
      </span>
    )
  if (value === '')
    return (
      <span className={classes.none} data-tip="Empty text.">
        ''
      </span>
    )
  const score = kind === 'score' ? numberOf(value) : undefined
  if (score !== undefined) return <ScoreBadge scale={scale ?? 'reputation'} score={score} reasons={reasons} />
  return drawNumber(kind, value) ?? drawText(kind, String(value))
}

function drawNumber(kind: CellKind, value: string | number) {
  const number = numberOf(value)
  if (number === undefined) return undefined
  if (kind === 'time') return <TimeCell seconds={number} />
  // Beyond 2^53 the exact digits matter more than a unit.
  if (typeof value === 'string') return undefined
  if (kind === 'bytes') return <BytesCell bytes={number} />
  if (kind === 'seconds' || kind === 'milliseconds') return <DurationCell value={number} unit={kind} />
  return undefined
}

function drawText(kind: CellKind, text: string) {
  if (kind === 'path') return <PathCell path={text} />
  if (kind === 'hash') return <HashCell hash={text} />
  if (kind === 'address') return <AddressCell address={text} />
  if (kind === 'sophosPid') return <SophosPidCell text={text} />
  if (kind === 'text') return <TextCell text={text} />
  return (
    <span className={classes.mono} data-cut>
      {text.slice(0, 600)}
    </span>
  )
}
