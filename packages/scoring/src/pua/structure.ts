// Signs in the structure of a Windows program that packers and protectors leave, and honest builds rarely do.
import type { Evidence } from '../evidence.ts'
import { entropyOf } from '../pe/entropy.ts'
import type { PeFile, Section } from '../pe/parse-pe.ts'

const executable = 0x20000000
const writable = 0x80000000
const isCode = ({ characteristics }: Section) => (characteristics & executable) !== 0
const isWritable = ({ characteristics }: Section) => (characteristics & writable) >>> 0 === writable

/** Names that packers give their sections; from their public documentation and the sections of files that they made. */
const packerSections =
  /^(UPX[0-9!]|\.aspack|\.adata|\.MPRESS[12]|FSG!|\.petite|PEC2|pec[12]|\.nsp[012]|\.packed|\.themida|\.vmp[012]|\.enigma[12]|MEW|\.yP|\.RLPack|\.perplex|Themida|WinLicen|PELOCKnt|\.neolite|\.ccg|\.shrink[123])/

interface Rule {
  code: string
  weight: number
  text: string
  holds(file: PeFile, bytes: Buffer): boolean
}

const rules: Rule[] = [
  {
    code: 'packer_section',
    weight: 15,
    text: 'A section bears the name of a packer.',
    holds: ({ sections }) => sections.some(({ name }) => packerSections.test(name)),
  },
  {
    code: 'writable_code',
    weight: 15,
    text: 'A section can be both written and run.',
    holds: ({ sections }) => sections.some((section) => isCode(section) && isWritable(section)),
  },
  {
    code: 'entry_outside_code',
    weight: 15,
    text: 'The program starts outside its code.',
    holds: ({ sections, headers }) => {
      const entry = headers.AddressOfEntryPoint
      if (entry === 0 || sections.length === 0) return false
      const home = sections.find(
        ({ virtualAddress, virtualSize, rawSize }) =>
          entry >= virtualAddress && entry < virtualAddress + Math.max(virtualSize, rawSize),
      )
      return !home || !isCode(home)
    },
  },
  {
    code: 'dense_section',
    weight: 10,
    text: 'A section of code is compressed or encrypted.',
    holds: ({ sections }, bytes) =>
      sections.some((section) => {
        const content = bytes.subarray(section.rawOffset, section.rawOffset + section.rawSize)
        return isCode(section) && content.length >= 1024 && entropyOf(content) > 7
      }),
  },
  {
    code: 'few_imports',
    weight: 5,
    text: 'It names next to no functions of the system.',
    holds: (file, bytes) => {
      const count = importedLibraries(file, bytes)
      return count !== undefined && count <= 1 && !isManaged(file)
    },
  },
]

const importTable = 1
const managedHeader = 14
const isManaged = ({ directories }: PeFile) => (directories[managedHeader]?.size ?? 0) > 0

/** How many libraries the import table names; undefined without a table, or where it does not lie in the file. */
function importedLibraries({ directories, sections }: PeFile, bytes: Buffer): number | undefined {
  const table = directories[importTable]
  if (!table || table.address === 0) return undefined
  const home = sections.find(
    ({ virtualAddress, rawSize }) =>
      table.address >= virtualAddress && table.address < virtualAddress + rawSize,
  )
  if (!home) return undefined
  let at = home.rawOffset + table.address - home.virtualAddress
  for (let count = 0; count < 1000; count++, at += 20) {
    if (at + 20 > bytes.length) return count
    if (bytes.readUInt32LE(at + 12) === 0) return count
  }
  return 1000
}

/** What the structure of a PE file shows, with the weight of each sign. `bytes` is the whole file, or as much as was read. */
export function structureSigns(file: PeFile, bytes: Buffer): (Evidence & { weight: number })[] {
  return rules.flatMap(({ code, weight, text, holds }) =>
    holds(file, bytes) ? [{ code, weight, text }] : [],
  )
}
