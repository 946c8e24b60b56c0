import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './dns_resolvers.ts'

const fixture = await openFixture([table])
afterAll(() => {
  fixture.close()
})

test('reads servers, sort lists and domains', () => {
  // RES_ROTATE and RES_TRUSTAD beside the default.
  const options = 705 + 0x4000 + 0x4000000
  expect(fixture.all('SELECT * FROM dns_resolvers')).toEqual([
    { id: 0, type: 'nameserver', address: '192.0.2.53', netmask: '32', options },
    { id: 1, type: 'nameserver', address: '2001:db8::53', netmask: '32', options },
    { id: 2, type: 'nameserver', address: '198.51.100.53', netmask: '32', options },
    { id: 0, type: 'sortlist', address: '192.0.2.0', netmask: '255.255.255.0', options },
    { id: 1, type: 'sortlist', address: '198.51.100.0', netmask: '', options },
    { id: 0, type: 'search', address: 'web.example', netmask: '', options },
    { id: 1, type: 'search', address: 'example', netmask: '', options },
  ])
})

test('looks into a process’s view of the files', () => {
  expect(fixture.all('SELECT count(*) AS n FROM dns_resolvers WHERE pid_with_namespace = 1')).toEqual([
    { n: 7 },
  ])
})
