import { closeSync, constants, openSync, readSync } from 'node:fs'
import type { Content } from '@quarry/schema/events'
import { toFsPath } from './byte-path.ts'

const headSize = 264
const head = Buffer.alloc(headSize)
const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW | constants.O_NOATIME

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex').toString('latin1')
/** Programs: ELF, Mach-O in its forms and universal, WebAssembly, Android's DEX; PE and scripts are looked at apart. */
const programs = [
  '7f454c46',
  'feedface',
  'feedfacf',
  'cefaedfe',
  'cffaedfe',
  'cafebabe',
  '0061736d',
  '6465780a',
].map(hex)
/** Documents, archives, databases and media, by how they begin. */
const documents = [
  ...[
    '%PDF-',
    'PK\x03\x04',
    'PK\x05\x06',
    'Rar!\x1a\x07',
    '{\\rtf',
    '!<arch>\n',
    'SQLite format 3\0',
    'OggS',
    'fLaC',
    'ID3',
  ],
  ...[
    'GIF8',
    'BZh',
    '%!PS',
    'LZIP',
    'MSCF',
    'ITSF',
    'glTF',
    'wOFF',
    'wOF2',
    '070701',
    'II*\0',
    'MM\0*',
    'RIFF',
    '<?xml',
    '\x1bLua',
  ],
  ...[
    'd0cf11e0a1b11ae1',
    '1f8b',
    '377abcaf271c',
    'fd377a585a00',
    '28b52ffd',
    '04224d18',
    '89504e470d0a1a0a',
    'ffd8ff',
  ].map(hex),
  ...['1a45dfa3', '000001ba', '000001b3', 'fffb', 'edabeedb', '4f626a01'].map(hex),
]

/** What a regular file holds, by its first bytes; `unknown` when it cannot be read. Never waits, leaves the access time alone. */
export function contentOf(bytePath: string): Content {
  let fd: number
  try {
    fd = openSync(toFsPath(bytePath), flags)
  } catch {
    return 'unknown'
  }
  try {
    return classify(head.toString('latin1', 0, readSync(fd, head, 0, headSize, 0)))
  } catch {
    return 'unknown'
  } finally {
    closeSync(fd)
  }
}

/** What bytes are that begin so (as latin1): a program or script, a known kind of data, or something else such as plain text. */
export function classify(start: string): Content {
  if (start.startsWith('#!') || start.startsWith('MZ')) return 'binary'
  if (programs.some((magic) => start.startsWith(magic))) return 'binary'
  if (documents.some((magic) => start.startsWith(magic))) return 'data'
  // Media in MPEG-4 boxes, and tar, name themselves further on.
  if (start.startsWith('ftyp', 4) || start.startsWith('ustar', 257)) return 'data'
  return 'other'
}
