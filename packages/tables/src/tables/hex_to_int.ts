import { column, defineTable } from '../define-table.ts'

const BYTES = 256

export default defineTable({
  name: 'hex_to_int',
  description:
    'Numbers and their hexadecimal texts: the bytes 0x00 to 0xFF, or whatever text is asked for. Public queries decode dumps with it.',
  platforms: ['linux', 'darwin', 'windows'],
  columns: {
    hex_string: column.text('Hexadecimal number with its 0x: `0x41`.', { index: true }),
    int: column.bigint('The number.'),
  },
  examples: ["SELECT char(int) FROM hex_to_int WHERE hex_string = '0x41'"],
  estimatedRows: BYTES,

  *rows(_host, scan) {
    const asked = scan.texts('hex_string')
    for (const hex_string of asked ?? bytes()) {
      if (/^0x[0-9a-f]{1,15}$/i.test(hex_string)) yield { hex_string, int: BigInt(hex_string) }
    }
  },
})

const bytes = () =>
  Array.from({ length: BYTES }, (_, byte) => `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`)
