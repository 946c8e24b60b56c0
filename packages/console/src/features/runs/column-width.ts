import type { ResultColumn } from '@quarry/schema/endpoints/run-results'
import { addressKind } from '../../components/cells/address.ts'
import type { CellKind } from '../../components/cells/cell-kind.ts'
import { shortenMiddle } from '../../components/cells/middle.ts'
import { bandOf } from '../../components/cells/score.ts'

/** In which face a text is drawn: a header, monospaced, sans serif, or the small one of a tag. */
export type Face = 'head' | 'mono' | 'sans' | 'tag'

/** Returns the width in pixels of a text in a face. */
export type Measure = (text: string, face: Face) => number

interface Drawn {
  kind: CellKind
  label: string
  scale?: ResultColumn['scale']
}

const PADDING = 22
const SORT_ICON = 24
const BADGE = 30
const WIDEST = 320
/** What is beyond is cut anyway, and a value may be megabytes. */
const LONGEST = 120

const SAMPLES: Partial<Record<CellKind, string>> = {
  time: '2026-11-24 05:08:09',
  bytes: '999.9 MB',
  seconds: '59 min 59 s',
  milliseconds: '59 min 59 s',
}

/** The width in pixels that a column begins with: its header and its longest value fit, within reason. */
export function columnWidth(column: Drawn, sample: readonly string[], measure: Measure): number {
  const head = measure(column.label, 'head') + PADDING + SORT_ICON
  const fixed = SAMPLES[column.kind]
  const texts = fixed === undefined ? sample : [fixed]
  const widths = texts.map((text) => bodyWidth(column, text.slice(0, LONGEST), measure) + PADDING)
  const body = Math.max(48, ...widths)
  return Math.ceil(Math.min(Math.max(head, body), Math.max(WIDEST, head)))
}

function bodyWidth({ kind, scale }: Drawn, text: string, measure: Measure): number {
  const band = scale && bandOf(scale, text === '' ? Number.NaN : Number(text))
  if (band) return measure(`${text} ${band.word}`, 'sans') + BADGE
  if (kind === 'hash') return measure(shortenMiddle(text), 'mono')
  if (kind === 'text') return measure(text, 'sans')
  const tag = kind === 'address' ? addressKind(text) : undefined
  return measure(text, 'mono') + (tag ? measure(tag, 'tag') + 18 : 0)
}
