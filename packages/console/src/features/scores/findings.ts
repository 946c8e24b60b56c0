// The reasons of a score as a device or the server tells them: JSON in a cell, which may be anything.
import type { Cell } from '@quarry/schema'
import { z } from 'zod'

/** A reason: a sentence, its points where points add up, what it is worth where the strongest counts, and its facts. */
export interface Finding {
  code: string
  text: string
  weight?: number | undefined
  worth?: number | undefined
  facts: [name: string, value: string][]
}

const fact = z.union([z.string(), z.number(), z.boolean()])
const Told = z
  .object({ code: z.string(), text: z.string(), weight: z.number().optional(), worth: z.number().optional() })
  .catchall(fact.optional().catch(undefined))

/** More would bury the reasons that count. */
const MOST = 40
const LONGEST = 600

/** Reads one reason; undefined for what is none. */
export function findingOf(told: unknown): Finding | undefined {
  const read = Told.safeParse(told)
  if (!read.success) return undefined
  const { code, text, weight, worth, ...others } = read.data
  const facts = Object.entries(others)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]): [string, string] => [name, String(value).slice(0, LONGEST)])
  return { code, text: text.slice(0, LONGEST), weight, worth, facts }
}

/** Reads the cell of a `…_data` column; undefined when it is not a list of reasons. */
export function findingsOf(cell: Cell | undefined): Finding[] | undefined {
  if (typeof cell !== 'string') return undefined
  try {
    const told: unknown = JSON.parse(cell)
    return Array.isArray(told) ? told.slice(0, MOST).flatMap((each) => findingOf(each) ?? []) : undefined
  } catch {
    return undefined
  }
}
