import { expect, test } from 'vitest'
import { parseStat } from './stat.ts'

const rest =
  'S 1 77 77 0 -1 4194560 0 0 0 0 12 34 0 0 10 -10 3 0 987654321012345678 1024 7 18446744073709551615'

test.each(['a) b (c', 'x y', '(sd-pam)', ') S 9 9', 'line\nbreak', ''])('reads a name like %j', (comm) => {
  expect(parseStat(`42 (${comm}) ${rest}\n`)).toEqual({
    comm,
    state: 'S',
    parent: 1,
    pgroup: 77,
    session: 77,
    flags: 4194560,
    userTicks: 12,
    systemTicks: 34,
    nice: -10,
    threads: 3,
    startTicks: 987654321012345678n,
  })
})

test.each(['', '42 (cut short) S 1 2', '42 no name', ')('])('says that %j is no such line', (text) => {
  expect(parseStat(text)).toBeUndefined()
})
