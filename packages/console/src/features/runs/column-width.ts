import { addressKind } from '../../components/cells/address.ts'
import type { CellKind } from '../../components/cells/cell-kind.ts'

// Average widths of a character in pixels: monospaced 12 px, sans serif 13 px, bold 12 px in a header.
const MONO = 7.25
const SANS = 6.8
const HEAD = 7.1
const PADDING = 22
const WIDEST = 320

const FIXED: Partial<Record<CellKind, number>> = {
  time: 158,
  bytes: 92,
  seconds: 104,
  milliseconds: 104,
  hash: 132,
}

/** The width in pixels that a column begins with: its header and its longest value fit, within reason. */
export function columnWidth(kind: CellKind, label: string, sample: readonly string[]): number {
  const head = label.length * HEAD + PADDING + 14
  const body = FIXED[kind] ?? Math.max(60, ...sample.map((text) => widthOf(kind, text)))
  return Math.round(Math.min(Math.max(head, body), Math.max(WIDEST, head)))
}

function widthOf(kind: CellKind, text: string): number {
  if (kind === 'score') return /^\d/.test(text) ? 124 : 60
  if (kind === 'address') return text.length * MONO + PADDING + (addressKind(text)?.length ?? 0) * 6 + 18
  return text.length * (kind === 'text' ? SANS : MONO) + PADDING
}
