import type { Cell } from '@quarry/schema'

/** The value of a cell as it is copied: whole and exact; NULL is empty. */
export function cellText(value: Cell | undefined): string {
  return value === null || value === undefined ? '' : String(value)
}

/** A numeric value as a number for drawing; undefined for text. An exact decimal string beyond 2^53 loses its last digits here. */
export function numberOf(value: Cell): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined
}
