import type { Structure } from './structures.ts'

/** Size of a module in mebibytes (SMBIOS type 17); 0 for an empty slot, null where the firmware does not know. */
export function moduleMebibytes(device: Structure): number | null {
  const size = device.word(0xc)
  if (size === null || size === 0xffff) return null
  if (size === 0x7fff) return device.dword(0x1c)
  // The highest bit says that the size counts kibibytes.
  return size & 0x8000 ? Math.floor((size & 0x7fff) / 1024) : size
}

/** A speed in megatransfers a second; null where the firmware does not know. */
export function speedOf(device: Structure, offset: number, extended: number): number | null {
  const speed = device.word(offset)
  if (speed === null || speed === 0) return null
  return speed === 0xffff ? device.dword(extended) : speed
}

/** A width in bits; null where the firmware does not know. */
export function widthOf(device: Structure, offset: number): number | null {
  const width = device.word(offset)
  return width === 0xffff ? null : width
}
