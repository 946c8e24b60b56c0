import { expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import kernelInfo from './kernel_info.ts'

test('takes the command line of the kernel apart', async () => {
  const fixture = await openFixture([kernelInfo])
  expect(fixture.all('SELECT * FROM kernel_info')).toEqual([
    {
      version: '6.1.0-28-amd64',
      arguments: 'ro quiet dyndbg="file ec.c +p"',
      path: '/boot/vmlinuz-6.1.0-28-amd64',
      device: 'UUID=5d2f3c1e-0a0b-4c0d-8e0f-000000000001',
    },
  ])
})

const uname = printed('uname', '-r')
test.skipIf(!uname)('version agrees with uname (skipped where there is none)', async () => {
  const machine = await openMachine([kernelInfo])
  expect(machine.all('SELECT version FROM kernel_info')).toEqual([{ version: uname?.trim() }])
  machine.close()
})
