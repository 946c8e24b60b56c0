import { addressKind } from '../../components/cells/address.ts'
import type { CellKind } from '../../components/cells/cell-kind.ts'
import { shortenMiddle } from '../../components/cells/middle.ts'

/** In which face a text is drawn: a header, monospaced, sans serif, or the small one of a tag. */
export type Face = 'head' | 'mono' | 'sans' | 'tag'

/** Returns the width in pixels of a text in a face. */
export type Measure = (text: string, face: Face) => number

const PADDING = 22
const SORT_ICON = 18
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
export function columnWidth(
  { kind, label, scale }: WidthOf,
  sample: readonly string[],
  measure: Measure,
): number {
  const head = measure(label, 'head') + PADDING + SORT_ICON
  const fixed = SAMPLES[kind]
  const texts = fixed === undefined ? sample : [fixed]
  const body = Math.max(
    48,
    ...texts.map((text) => bodyWidth(kind, text.slice(0, LONGEST), measure) + PADDING),
  )
  return Math.ceil(Math.min(Math.max(head, body), Math.max(WIDEST, head)))
}

function bodyWidth(kind: CellKind, text: string, measure: Measure): number {
  if (kind === 'score')
    return /^\d/.test(text) ? measure('100 suspicious', 'mono') + BADGE : measure('−', 'mono')
  if (kind === 'hash') return measure(shortenMiddle(text), 'mono')
  if (kind === 'text') return measure(text, 'sans')
  const tag = kind === 'address' ? addressKind(text) : undefined
  return measure(text, 'mono') + (tag ? measure(tag, 'tag') + 18 : 0)
}
