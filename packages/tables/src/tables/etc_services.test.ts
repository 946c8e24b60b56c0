import { expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import etcServices from './etc_services.ts'

const fixture = await openFixture([etcServices])
const getent = printed('getent', '-s', 'files', 'services')

test('reads names, ports, protocols, other names and comments', () => {
  expect(fixture.all('SELECT * FROM etc_services WHERE port IN (80, 5432) ORDER BY port')).toEqual([
    { name: 'http', port: 80, protocol: 'tcp', aliases: 'www', comment: 'WorldWideWeb HTTP' },
    { name: 'postgresql', port: 5432, protocol: 'tcp', aliases: 'postgres postgres-db', comment: '' },
  ])
})

test.skipIf(!getent)('agrees with getent (skipped where there is none)', async () => {
  const machine = await openMachine([etcServices])
  const rows = machine.all(
    "SELECT name || ' ' || port || '/' || protocol || rtrim(' ' || aliases) AS line FROM etc_services",
  )
  expect(rows.map((row) => row.line)).toEqual(
    getent
      ?.trim()
      .split('\n')
      .map((line) => line.replace(/ +/g, ' ')),
  )
  machine.close()
})
