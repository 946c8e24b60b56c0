import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine } from '../fixture.ts'
import table from './kernel_keys.ts'

const fixture = await openFixture([table])
const machine = await openMachine([table])
afterAll(() => {
  fixture.close()
  machine.close()
})

test('shows keys with their owners', () => {
  expect(fixture.all('SELECT * FROM kernel_keys WHERE uid <> 0')).toEqual([
    {
      serial_number: '0d3e9a11',
      flags: 'I--Q---',
      usage: 3,
      timeout: '5d',
      permissions: '3f010000',
      uid: 1000,
      gid: 1000,
      type: 'user',
      description: 'krb5:ada@EXAMPLE: 16',
    },
    {
      serial_number: '3a9c0f21',
      flags: 'I------',
      usage: 1,
      timeout: 'perm',
      permissions: '1f010000',
      uid: -1,
      gid: 0,
      type: 'asymmetri',
      description: 'Debian Secure Boot CA: 6ccece7e4c6c0d1f6149f3dd27dfcc5cbb419ea1: X509.rsa []',
    },
  ])
})

test('knows every line of this kernel', () => {
  const lines = readFileSync('/proc/keys', 'utf8').trim().split('\n').filter(Boolean)
  const rows = machine.all('SELECT serial_number FROM kernel_keys')
  expect(rows.length).toBe(lines.length)
})
