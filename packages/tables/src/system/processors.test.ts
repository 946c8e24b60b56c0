import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openHost } from '../host/open-host.ts'
import { processorsOf } from './processors.ts'

const scan = { warn() {}, once: <T>(_: string, make: () => T) => make() }

test('where the firmware says nothing, the kernel does', () => {
  const root = mkdtempSync(join(tmpdir(), 'quarry-cpus-'))
  mkdirSync(join(root, 'proc'))
  const thread = (number: number) =>
    `processor\t: ${number}\nvendor_id\t: AuthenticAMD\nmodel name\t: AMD EPYC\ncpu MHz\t\t: 2096.516\nphysical id\t: ${number >> 1}\ncore id\t\t: 0\nflags\t\t: fpu lm\n`
  writeFileSync(join(root, 'proc/cpuinfo'), [0, 1, 2, 3].map(thread).join('\n'))
  const host = openHost({ root })
  const one = {
    model: 'AMD EPYC',
    manufacturer: 'AuthenticAMD',
    processor_type: '3',
    cpu_status: 1,
    number_of_cores: '1',
    logical_processors: 2,
    address_width: '64',
    current_clock_speed: 2097,
    max_clock_speed: null,
    socket_designation: '',
  }
  expect(processorsOf(host, scan)).toEqual([
    { device_id: 'CPU0', ...one },
    { device_id: 'CPU1', ...one },
  ])
  host.close()
  rmSync(root, { recursive: true })
})
