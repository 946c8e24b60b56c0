// The headers of a Windows program (Microsoft, "PE Format"), read with every offset checked: the file may be hostile.
import { type HeaderName, headerNames } from './header-names.ts'

export interface Section {
  name: string
  virtualSize: number
  virtualAddress: number
  rawSize: number
  rawOffset: number
  characteristics: number
}

/** An entry of the data directories; of the certificate table alone, `address` is an offset in the file. */
export interface Directory {
  address: number
  size: number
}

export interface PeFile {
  headers: Record<HeaderName, number>
  machine: number
  /** Seconds since 1970 as the linker wrote them, or any other number. */
  timeDateStamp: number
  is64Bit: boolean
  /** Where the optional header starts in the file, in bytes. */
  optionalHeaderOffset: number
  directories: Directory[]
  sections: Section[]
}

/** As the loader of Windows: more sections make an image it refuses. */
const maxSections = 96
const maxDirectories = 16
const dosNames = headerNames.slice(0, 13)
const versionNames = [
  'MajorOperatingSystemVersion',
  'MinorOperatingSystemVersion',
  'MajorImageVersion',
  'MinorImageVersion',
  'MajorSubsystemVersion',
  'MinorSubsystemVersion',
] as const

/**
 * Reads the headers of a PE file from its first bytes (the whole file, or at least its headers).
 * Returns undefined when it is not one, or its headers are cut off; never throws. A 64-bit number beyond 2^53 loses its last digits.
 */
export function parsePe(bytes: Buffer): PeFile | undefined {
  if (bytes.length < 64 || bytes.readUInt16LE(0) !== 0x5a4d) return undefined
  const start = bytes.readUInt32LE(60)
  const optional = start + 24
  if (optional + 96 > bytes.length || bytes.readUInt32LE(start) !== 0x4550) return undefined
  const is64Bit = bytes.readUInt16LE(optional) === 0x20b
  const sizes = optional + 72
  const endOfSizes = sizes + (is64Bit ? 40 : 24)
  if (endOfSizes > bytes.length) return undefined
  const headers = {
    ...dosHeader(bytes, start),
    ...fileHeader(bytes, start + 4),
    ...optionalHeader(bytes, optional, is64Bit),
  }
  return {
    headers: headers as Record<HeaderName, number>,
    machine: bytes.readUInt16LE(start + 4),
    timeDateStamp: bytes.readUInt32LE(start + 8),
    is64Bit,
    optionalHeaderOffset: optional,
    directories: directoriesAt(bytes, endOfSizes, headers.NumberOfRvaAndSizes),
    sections: sectionsAt(bytes, optional + headers.SizeOfOptionalHeader, headers.NumberOfSections),
  }
}

function dosHeader(bytes: Buffer, start: number) {
  return {
    ...Object.fromEntries(dosNames.map((name, index) => [name, bytes.readUInt16LE(2 + index * 2)])),
    e_oemid: bytes.readUInt16LE(36),
    e_oeminfo: bytes.readUInt16LE(38),
    e_lfanew: start,
  }
}

function fileHeader(bytes: Buffer, at: number) {
  return {
    NumberOfSections: bytes.readUInt16LE(at + 2),
    PointerToSymbolTable: bytes.readUInt32LE(at + 8),
    NumberOfSymbols: bytes.readUInt32LE(at + 12),
    SizeOfOptionalHeader: bytes.readUInt16LE(at + 16),
    Characteristics: bytes.readUInt16LE(at + 18),
  }
}

function optionalHeader(bytes: Buffer, at: number, is64Bit: boolean) {
  const word = (offset: number) =>
    is64Bit ? Number(bytes.readBigUInt64LE(offset)) : bytes.readUInt32LE(offset)
  const wordSize = is64Bit ? 8 : 4
  const sizes = at + 72
  return {
    Magic: bytes.readUInt16LE(at),
    MajorLinkerVersion: bytes[at + 2]!,
    MinorLinkerVersion: bytes[at + 3]!,
    SizeOfCode: bytes.readUInt32LE(at + 4),
    SizeOfInitializedData: bytes.readUInt32LE(at + 8),
    SizeOfUninitializedData: bytes.readUInt32LE(at + 12),
    AddressOfEntryPoint: bytes.readUInt32LE(at + 16),
    BaseOfCode: bytes.readUInt32LE(at + 20),
    ImageBase: is64Bit ? word(at + 24) : bytes.readUInt32LE(at + 28),
    SectionAlignment: bytes.readUInt32LE(at + 32),
    FileAlignment: bytes.readUInt32LE(at + 36),
    ...Object.fromEntries(versionNames.map((name, index) => [name, bytes.readUInt16LE(at + 40 + 2 * index)])),
    SizeOfImage: bytes.readUInt32LE(at + 56),
    SizeOfHeaders: bytes.readUInt32LE(at + 60),
    CheckSum: bytes.readUInt32LE(at + 64),
    Subsystem: bytes.readUInt16LE(at + 68),
    DllCharacteristics: bytes.readUInt16LE(at + 70),
    SizeOfStackReserve: word(sizes),
    SizeOfStackCommit: word(sizes + wordSize),
    SizeOfHeapReserve: word(sizes + 2 * wordSize),
    SizeOfHeapCommit: word(sizes + 3 * wordSize),
    LoaderFlags: bytes.readUInt32LE(sizes + 4 * wordSize),
    NumberOfRvaAndSizes: bytes.readUInt32LE(sizes + 4 * wordSize + 4),
  }
}

function directoriesAt(bytes: Buffer, start: number, count: number): Directory[] {
  const directories: Directory[] = []
  for (
    let at = start;
    directories.length < Math.min(count, maxDirectories) && at + 8 <= bytes.length;
    at += 8
  )
    directories.push({ address: bytes.readUInt32LE(at), size: bytes.readUInt32LE(at + 4) })
  return directories
}

function sectionsAt(bytes: Buffer, start: number, count: number): Section[] {
  const sections: Section[] = []
  for (let at = start; sections.length < Math.min(count, maxSections) && at + 40 <= bytes.length; at += 40)
    sections.push({
      name: bytes.toString('latin1', at, at + 8).replace(/\0+$/, ''),
      virtualSize: bytes.readUInt32LE(at + 8),
      virtualAddress: bytes.readUInt32LE(at + 12),
      rawSize: bytes.readUInt32LE(at + 16),
      rawOffset: bytes.readUInt32LE(at + 20),
      characteristics: bytes.readUInt32LE(at + 36),
    })
  return sections
}

/** The headers as the model reads them, in the order of `headerNames`. */
export const headerFeatures = (file: PeFile): number[] => headerNames.map((name) => file.headers[name])
