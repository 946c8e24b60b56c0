import { expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import etcProtocols from './etc_protocols.ts'

const fixture = await openFixture([etcProtocols])
const getent = printed('getent', '-s', 'files', 'protocols')

test('reads names, numbers, other names and comments', () => {
  expect(fixture.all('SELECT * FROM etc_protocols WHERE number IN (6, 58)')).toEqual([
    { name: 'tcp', number: 6, alias: 'TCP', comment: 'transmission control protocol' },
    { name: 'ipv6-icmp', number: 58, alias: 'IPv6-ICMP icmp6', comment: '' },
  ])
})

test.skipIf(!getent)('agrees with getent (skipped where there is none)', async () => {
  const machine = await openMachine([etcProtocols])
  const rows = machine.all("SELECT name || ' ' || number || rtrim(' ' || alias) AS line FROM etc_protocols")
  expect(rows.map((row) => row.line)).toEqual(
    getent
      ?.trim()
      .split('\n')
      .map((line) => line.replace(/ +/g, ' ')),
  )
  machine.close()
})
