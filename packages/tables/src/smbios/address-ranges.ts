import type { Structure } from './structures.ts'

const EXTENDED = 0xffffffff

/**
 * First and last address of a range in mapped-address structures (types 19 and 20): kibibytes at offsets 4 and 8, or bytes at an offset
 * of their own where those are too small. Null where the structure has none.
 */
export function rangeOf(range: Structure, extended: number): { start: bigint | null; end: bigint | null } {
  const [start, end] = [range.dword(4), range.dword(8)]
  if (start === null || end === null) return { start: null, end: null }
  if (start === EXTENDED) return { start: range.qword(extended), end: range.qword(extended + 8) }
  return { start: BigInt(start) << 10n, end: (BigInt(end) << 10n) + 0x3ffn }
}
