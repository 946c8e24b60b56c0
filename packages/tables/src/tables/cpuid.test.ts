import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openMachine } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './cpuid.ts'

test('takes the kernel’s flags where there is no device', async () => {
  const machine = await openRoot([table], {
    '/proc/cpuinfo': 'processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu pni ht smep sse4_1 umip\n\n',
  })
  expect(machine.all("SELECT * FROM cpuid WHERE feature IN ('vendor', 'sse3', 'smep', 'vmx')")).toEqual([
    {
      feature: 'vendor',
      value: 'GenuineIntel',
      output_register: 'ebx,edx,ecx',
      output_bit: 0,
      input_eax: '0',
    },
    { feature: 'sse3', value: '1', output_register: 'ecx', output_bit: 0, input_eax: '1' },
    { feature: 'vmx', value: '0', output_register: 'ecx', output_bit: 5, input_eax: '1' },
    { feature: 'smep', value: '1', output_register: 'ebx', output_bit: 7, input_eax: '7' },
  ])
  expect(machine.all("SELECT feature FROM cpuid WHERE value = '1'").map((row) => row.feature)).toEqual([
    'sse3',
    'sse4.1',
    'fpu',
    'htt',
    'smep',
    'umip',
  ])
  // The kernel has no flag for it, so nothing is said.
  expect(machine.all("SELECT * FROM cpuid WHERE feature = 'osxsave'")).toEqual([])
  expect(emptyColumns(machine, table)).toEqual([])
  machine.close()
})

test('is empty on another processor', async () => {
  const machine = await openRoot([table], { '/proc/cpuinfo': 'processor\t: 0\nCPU implementer\t: 0x41\n' })
  expect(machine.all('SELECT * FROM cpuid')).toEqual([])
  machine.close()
})

const answer = (() => {
  try {
    const fd = openSync('/dev/cpu/0/cpuid', 'r')
    const bytes = Buffer.alloc(16)
    readSync(fd, bytes, 0, 16, 1)
    closeSync(fd)
    return bytes
  } catch {
    return undefined
  }
})()
test.skipIf(!answer)('asks the processor itself (skipped where its device cannot be read)', async () => {
  const machine = await openMachine([table])
  const bits = machine.all(
    "SELECT output_bit, value FROM cpuid WHERE output_register = 'edx' AND input_eax = '1'",
  )
  const edx = answer!.readUInt32LE(12)
  expect(
    bits.map(({ output_bit: bit }) => ({ output_bit: bit, value: String((edx >>> Number(bit)) & 1) })),
  ).toEqual(bits)
  const flags = /^flags\s*: (.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))![1]!.split(' ')
  const rows = machine.all("SELECT feature, value FROM cpuid WHERE feature IN ('aes', 'sse2', 'vmx')")
  expect(rows).toHaveLength(3)
  for (const { feature, value } of rows) expect(value).toBe(flags.includes(String(feature)) ? '1' : '0')
  machine.close()
})
