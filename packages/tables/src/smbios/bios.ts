import type { Structure } from './structures.ts'

/** Size of the chip that holds the firmware in bytes (SMBIOS type 0). */
export function biosRomBytes(bios: Structure): number | null {
  const size = bios.byte(9)
  if (size === null) return null
  const extended = bios.word(0x18)
  if (size !== 0xff || extended === null) return (size + 1) << 16
  // The two highest bits tell the unit: mebibytes or gibibytes.
  return (extended & 0x3fff) * (extended >> 14 === 1 ? 2 ** 30 : 2 ** 20)
}

/** Major and minor revision; empty when the firmware has none. */
export function biosRevision(bios: Structure): string {
  const [major, minor] = [bios.byte(0x14), bios.byte(0x15)]
  return major === null || minor === null || major === 0xff || minor === 0xff ? '' : `${major}.${minor}`
}
