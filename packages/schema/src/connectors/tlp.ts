import { z } from 'zod'

/** Traffic Light Protocol 2.0 (FIRST), from what anybody may see to what only those in the room may. */
export const Tlp = z.enum(['clear', 'green', 'amber', 'amber+strict', 'red'])
export type Tlp = z.infer<typeof Tlp>

export const tlpNames: Record<Tlp, string> = {
  clear: 'TLP:CLEAR',
  green: 'TLP:GREEN',
  amber: 'TLP:AMBER',
  'amber+strict': 'TLP:AMBER+STRICT',
  red: 'TLP:RED',
}

/** Tells whether something that may receive at most `highest` may receive what is marked `marked`. */
export function mayReceive(highest: Tlp, marked: Tlp): boolean {
  return Tlp.options.indexOf(marked) <= Tlp.options.indexOf(highest)
}
