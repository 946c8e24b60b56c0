/** A handle as text: `0x0011`. */
export const handleText = (handle: number | null): string | null =>
  handle === null ? null : `0x${handle.toString(16).toUpperCase().padStart(4, '0')}`

/** An address as text in hex, eight digits at least. */
export const addressText = (address: number | bigint | null): string | null =>
  address === null ? null : `0x${address.toString(16).toUpperCase().padStart(8, '0')}`

/** The word for a number of the specification; `Unknown` for one that it has not, null for none. */
export const wordOf = (words: Readonly<Record<number, string>>, number: number | null): string | null =>
  number === null ? null : (words[number] ?? 'Unknown')

/** Words for the bits that are set, separated by spaces. */
export const bitWords = (words: readonly string[], bits: number | null): string | null =>
  bits === null ? null : words.filter((word, bit) => word !== '' && bits & (1 << bit)).join(' ')

const numbered = (first: number, words: readonly string[]): Readonly<Record<number, string>> =>
  Object.fromEntries(words.map((word, index) => [first + index, word]))

export const arrayLocations = {
  ...numbered(1, [
    'Other',
    'Unknown',
    'System board or motherboard',
    'ISA add-on card',
    'EISA add-on card',
    'PCI add-on card',
    'MCA add-on card',
    'PCMCIA add-on card',
    'Proprietary add-on card',
    'NuBus',
  ]),
  ...numbered(0xa0, [
    'PC-98/C20 add-on card',
    'PC-98/C24 add-on card',
    'PC-98/E add-on card',
    'PC-98/Local bus add-on card',
    'CXL add-on card',
  ]),
}

export const arrayUses = numbered(1, [
  'Other',
  'Unknown',
  'System memory',
  'Video memory',
  'Flash memory',
  'Non-volatile RAM',
  'Cache memory',
])

export const errorCorrections = numbered(1, [
  'Other',
  'Unknown',
  'None',
  'Parity',
  'Single-bit ECC',
  'Multi-bit ECC',
  'CRC',
])

export const formFactors = numbered(1, [
  'Other',
  'Unknown',
  'SIMM',
  'SIP',
  'Chip',
  'DIP',
  'ZIP',
  'Proprietary Card',
  'DIMM',
  'TSOP',
  'Row of chips',
  'RIMM',
  'SODIMM',
  'SRIMM',
  'FB-DIMM',
  'Die',
  'CAMM',
])

export const memoryTypes = numbered(1, [
  'Other',
  'Unknown',
  'DRAM',
  'EDRAM',
  'VRAM',
  'SRAM',
  'RAM',
  'ROM',
  'FLASH',
  'EEPROM',
  'FEPROM',
  'EPROM',
  'CDRAM',
  '3DRAM',
  'SDRAM',
  'SGRAM',
  'RDRAM',
  'DDR',
  'DDR2',
  'DDR2 FB-DIMM',
  'Reserved',
  'Reserved',
  'Reserved',
  'DDR3',
  'FBD2',
  'DDR4',
  'LPDDR',
  'LPDDR2',
  'LPDDR3',
  'LPDDR4',
  'Logical non-volatile device',
  'HBM',
  'HBM2',
  'DDR5',
  'LPDDR5',
  'HBM3',
])

/** Bit 0 is reserved. */
export const memoryDetails = [
  '',
  'Other',
  'Unknown',
  'Fast-paged',
  'Static column',
  'Pseudo-static',
  'RAMBUS',
  'Synchronous',
  'CMOS',
  'EDO',
  'Window DRAM',
  'Cache DRAM',
  'Non-volatile',
  'Registered',
  'Unbuffered',
  'LRDIMM',
]

export const errorTypes = numbered(1, [
  'Other',
  'Unknown',
  'OK',
  'Bad read',
  'Parity error',
  'Single-bit error',
  'Double-bit error',
  'Multi-bit error',
  'Nibble error',
  'Checksum error',
  'CRC error',
  'Corrected single-bit error',
  'Corrected error',
  'Uncorrectable error',
])
export const errorGranularities = numbered(1, ['Other', 'Unknown', 'Device level', 'Memory partition level'])
export const errorOperations = numbered(1, ['Other', 'Unknown', 'Read', 'Write', 'Partial write'])

/** What each type of structure describes. */
export const typeWords: Readonly<Record<number, string>> = {
  ...numbered(0, [
    'BIOS Information',
    'System Information',
    'Base Board Information',
    'System Enclosure',
    'Processor Information',
    'Memory Controller Information',
    'Memory Module Information',
    'Cache Information',
    'Port Connector Information',
    'System Slots',
    'On Board Devices Information',
    'OEM Strings',
    'System Configuration Options',
    'BIOS Language Information',
    'Group Associations',
    'System Event Log',
    'Physical Memory Array',
    'Memory Device',
    '32-bit Memory Error Information',
    'Memory Array Mapped Address',
    'Memory Device Mapped Address',
    'Built-in Pointing Device',
    'Portable Battery',
    'System Reset',
    'Hardware Security',
    'System Power Controls',
    'Voltage Probe',
    'Cooling Device',
    'Temperature Probe',
    'Electrical Current Probe',
    'Out-of-Band Remote Access',
    'Boot Integrity Services',
    'System Boot Information',
    '64-bit Memory Error Information',
    'Management Device',
    'Management Device Component',
    'Management Device Threshold Data',
    'Memory Channel',
    'IPMI Device Information',
    'System Power Supply',
    'Additional Information',
    'Onboard Devices Extended Information',
    'Management Controller Host Interface',
    'TPM Device',
    'Processor Additional Information',
    'Firmware Inventory Information',
    'String Property',
  ]),
  126: 'Inactive',
  127: 'End-of-Table',
}
