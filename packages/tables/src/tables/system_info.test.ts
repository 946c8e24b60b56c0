import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, hostname, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openFixture, openMachine } from '../fixture.ts'
import systemInfo from './system_info.ts'

test('reads names, processors, memory and makers', async () => {
  const fixture = await openFixture([systemInfo])
  expect(fixture.all('SELECT * FROM system_info')).toEqual([
    {
      hostname: 'web-01',
      uuid: '8c6b1b9e-1f2a-4f5e-9a3b-0123456789ab',
      cpu_type: 'x86_64',
      cpu_subtype: '85',
      cpu_brand: 'Intel(R) Xeon(R) Silver 4210 CPU @ 2.20GHz',
      cpu_physical_cores: 4,
      cpu_logical_cores: 8,
      cpu_sockets: 2,
      cpu_microcode: '0x5003604',
      physical_memory: 16336792 * 1024,
      hardware_vendor: 'Example Systems',
      hardware_model: 'Rackbox 210',
      hardware_version: 'A02',
      hardware_serial: 'EX-210-0042',
      board_vendor: 'Example Boards',
      board_model: 'RB-210',
      board_version: '1.1',
      board_serial: 'B-0042',
      computer_name: 'web-01',
      local_hostname: 'web-01',
    },
  ])
})

test('agrees with this machine', async () => {
  const machine = await openMachine([systemInfo])
  expect(machine.all('SELECT hostname, cpu_logical_cores, physical_memory FROM system_info')).toEqual([
    { hostname: hostname(), cpu_logical_cores: cpus().length, physical_memory: totalmem() },
  ])
  machine.close()
})

test('a board without firmware tables is known by its installation and device tree', async () => {
  const root = mkdtempSync(join(tmpdir(), 'quarry-'))
  const files = {
    'etc/machine-id': '0f1e2d3c4b5a69788796a5b4c3d2e1f0\n',
    'etc/machine-info': 'PRETTY_HOSTNAME="The kitchen board"\n',
    'proc/device-tree/model': 'Example Board 4\0',
    'proc/cpuinfo':
      'processor\t: 0\nCPU part\t: 0xd08\n\nprocessor\t: 1\nCPU part\t: 0xd08\n\nHardware\t: EX2711\n',
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  const board = await openFixture([systemInfo], { root })
  expect(
    board.all(
      'SELECT uuid, computer_name, hardware_model, cpu_brand, cpu_subtype, cpu_physical_cores, cpu_sockets FROM system_info',
    ),
  ).toEqual([
    {
      uuid: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
      computer_name: 'The kitchen board',
      hardware_model: 'Example Board 4',
      cpu_brand: 'EX2711',
      cpu_subtype: '0xd08',
      cpu_physical_cores: 2,
      cpu_sockets: 1,
    },
  ])
  board.close()
  rmSync(root, { recursive: true })
})
