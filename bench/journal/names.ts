import type { Random } from './random.ts'

/** Names as people give them, made of syllables: the same number is always the same name. */
const starts =
  'ba be bo da de do fa fi go ha ka ki la le lu ma me mo na ne no pa pe ra re ro sa se so ta te to va vi za'.split(
    ' ',
  )
const ends = 'l n r s t x nd rt st ck ng lo na ri to'.split(' ')
const zones = ['com', 'net', 'org', 'io', 'de', 'co.uk', 'example', 'cloud']

/** Spreads a number over 32 bits. */
function scatter(number: number): number {
  let mixed = Math.imul(number + 0x3c6ef35f, 0x2c1b3c6d)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0x297a2d39)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

export function word(number: number): string {
  const mixed = scatter(number)
  const middle = mixed % 3 === 0 ? '' : starts[(mixed >>> 9) % starts.length]!
  return starts[(mixed >>> 3) % starts.length]! + middle + ends[(mixed >>> 17) % ends.length]!
}

/** A domain and the address that it has at this time: it has a few of them. */
export function domain(random: Random, number: number): { name: string; address: string } {
  const mixed = scatter(number * 31 + 7)
  const sub = ['www', 'api', 'cdn', 'static', 'mail', `eu${mixed % 9}`, `s${mixed % 40}`][mixed % 7]!
  const net = scatter(mixed ^ 0x55)
  const turn = random.zipf(4)
  return {
    name: `${sub}.${word(number)}-${word(mixed % 4000)}.${zones[(mixed >>> 5) % zones.length]}`,
    address: `${(net % 200) + 11}.${(net >>> 8) & 255}.${(net >>> 16) & 255}.${((net >>> 24) + turn) & 255}`,
  }
}

/** A person or a service that has an account. Ids below 1000 are services. */
export function account(number: number): { uid: number; name: string } {
  if (number === 0) return { uid: 0, name: 'root' }
  if (number <= 24) return { uid: 100 + number, name: `svc-${word(number)}` }
  return { uid: 1000 + number, name: `${word(number)}.${word(number + 500)}` }
}
