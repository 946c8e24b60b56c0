import { expect, test } from 'vitest'
import { capabilities } from './capabilities.ts'

const states = (effective: bigint, seesHost: boolean) =>
  Object.fromEntries(capabilities({ effective, seesHost }).map(({ name, state }) => [name, state]))

test('root on the host sees everything there is', () => {
  expect(states(0x1fffffffffn, true)).toMatchObject({
    Processes: 'on',
    'Programs, open files and sockets of other users': 'on',
    'Files of other users': 'on',
    'Sockets of containers': 'on',
  })
})

test('without capabilities each limit has its reason', () => {
  expect(states(0n, false)).toMatchObject({
    Processes: 'limited',
    'Programs, open files and sockets of other users': 'limited',
    'Files of other users': 'limited',
    'Sockets of containers': 'limited',
  })
  for (const { state, reason } of capabilities({ effective: 0n, seesHost: false }))
    if (state !== 'on') expect(reason).toMatch(/\.$/)
})
