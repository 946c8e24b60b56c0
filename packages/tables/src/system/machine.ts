import type { Host } from '../host/host.ts'
import { readValue } from './read-value.ts'

/** Machines of an ELF header (`e_machine`) in the words of `uname -m`. */
const machines: Record<number, string> = {
  3: 'i686',
  40: 'armv7l',
  62: 'x86_64',
  183: 'aarch64',
  243: 'riscv64',
  21: 'ppc64le',
  22: 's390x',
}

/**
 * The machine's architecture as `uname -m` gives it: from /proc/sys/kernel/arch (Linux 6.1), else from the header of a program
 * that every system has; null when neither can be read.
 */
export function machineName(host: Host): string | null {
  const named = readValue(host, '/proc/sys/kernel/arch')
  if (named) return named
  for (const path of ['/bin/sh', '/proc/self/exe']) {
    const machine = elfMachine(host, path)
    if (machine) return machine
  }
  return null
}

function elfMachine(host: Host, path: string): string | undefined {
  try {
    const header = Buffer.from(host.readBytes(path, 20))
    if (header.length < 20 || header.toString('latin1', 0, 4) !== '\x7fELF') return undefined
    // Byte 5 tells the order of the bytes: 2 is big-endian.
    return machines[header[5] === 2 ? header.readUInt16BE(18) : header.readUInt16LE(18)]
  } catch {
    return undefined
  }
}
