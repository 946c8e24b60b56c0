import type { Journal } from '@quarry/schema/define-journal'
import { allJournals } from '@quarry/schema/journals'
import type { KeptValue } from '../types.ts'

export interface RandomEvent {
  journal: Journal
  time: number
  row: Record<string, KeptValue>
}

export const START = Date.UTC(2026, 0, 1)

/** A source of numbers that are the same for the same seed. */
export function numbersOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Events of all journals with all sorts of values, the strange ones too, in columns of every kind. */
export async function randomEvents(count: number, seed: number): Promise<RandomEvent[]> {
  const journals = await allJournals()
  const below = numbersOf(seed)
  const strange: KeptValue[] = [
    null,
    '',
    'a\0b',
    '\ud800',
    '{"n":"1"}',
    'ä€😀',
    '0:0',
    '00:1',
    '1.2.3.4',
    '01.2.3.4',
    '1.2.3.456',
    '::1',
  ]
  const makers: Record<string, () => KeptValue> = {
    integer: () =>
      [
        null,
        0,
        -1,
        below(9),
        below(70_000),
        START / 1000 + below(99),
        2 ** 53 - 1,
        2n ** 63n - 1n,
        -(2n ** 63n),
      ][below(9)]!,
    text: () =>
      below(6) === 0 ? strange[below(strange.length)]! : `/usr/bin/program${below(40)} --item ${below(5000)}`,
    sophosPid: () => (below(20) === 0 ? strange[below(strange.length)]! : processOf(below(60))),
    sha256: () =>
      below(9) === 0 ? strange[below(strange.length)]! : below(30).toString(16).padStart(64, 'a5'),
    address: () => (below(9) === 0 ? strange[below(strange.length)]! : `10.0.${below(3)}.${below(256)}`),
  }
  let time = START
  return Array.from({ length: count }, () => {
    const journal = journals[Math.min(below(journals.length), below(journals.length))]!
    // Now and then the clock is set back or forward by an hour.
    time += below(500) === 0 ? (below(2) * 2 - 1) * 3_600_000 : below(900)
    const row: RandomEvent['row'] = {}
    for (const [name, { kept }] of Object.entries(journal.columns))
      if (kept && below(8) > 0) row[name] = makers[kept]!()
    return { journal, time, row }
  })
}

const processOf = (index: number) => `${index * 37}:${134_100_000_000_073_412n + BigInt(index) * 700_000n}`
