/** Places in `struct audit_rule_data`: 64 words each of syscalls, fields, values and comparisons. */
const MASK = 12
const FIELDS = MASK + 256
const VALUES = FIELDS + 256
const FLAGS = VALUES + 256
const TEXT_LENGTH = FLAGS + 256
const TEXT = TEXT_LENGTH + 4

const FILTER_TASK = 1
const FILTER_EXIT = 4
const PREPEND = 0x10
const NEVER = 0
const ALWAYS = 2
const FIELD_ARCH = 11
const FIELD_ARGUMENT_0 = 200
const FIELD_KEY = 210
const EQUAL = 0x40000000

/** Marks what Quarry asked for among the records of others. */
export const KEY = 'quarry'

export interface Rule {
  /** As the kernel names an ABI. */
  arch: number
  syscalls: readonly number[]
  /** Only calls with this first argument. */
  argument0?: number
}

/** The rule that records each of these calls as it ends, as the kernel takes it. */
export function encodeRule({ arch, syscalls, argument0 }: Rule): Buffer {
  const bytes = Buffer.alloc(TEXT + KEY.length)
  bytes.writeUInt32LE(FILTER_EXIT, 0)
  bytes.writeUInt32LE(ALWAYS, 4)
  for (const number of syscalls) {
    const word = MASK + 4 * (number >> 5)
    bytes.writeUInt32LE((bytes.readUInt32LE(word) | (1 << (number & 31))) >>> 0, word)
  }
  const fields: [number, number][] = [[FIELD_ARCH, arch]]
  if (argument0 !== undefined) fields.push([FIELD_ARGUMENT_0, argument0])
  fields.push([FIELD_KEY, KEY.length])
  bytes.writeUInt32LE(fields.length, 8)
  for (const [index, [field, value]] of fields.entries()) {
    bytes.writeUInt32LE(field, FIELDS + 4 * index)
    bytes.writeUInt32LE(value >>> 0, VALUES + 4 * index)
    bytes.writeUInt32LE(EQUAL, FLAGS + 4 * index)
  }
  bytes.writeUInt32LE(KEY.length, TEXT_LENGTH)
  bytes.write(KEY, TEXT, 'latin1')
  return bytes
}

const listOf = (rule: Buffer) => rule.readUInt32LE(0) & ~PREPEND

/** Whether a rule turns the recording of calls off for all processes that start from now on. */
export const silencesAll = (rule: Buffer): boolean =>
  rule.length >= TEXT &&
  listOf(rule) === FILTER_TASK &&
  rule.readUInt32LE(4) === NEVER &&
  rule.readUInt32LE(8) === 0

/** Whether a rule, whoever made it, records this call for everybody: without conditions beside the ABI and a key. */
export function recordsCall(rule: Buffer, arch: number, syscall: number): boolean {
  if (rule.length < TEXT || listOf(rule) !== FILTER_EXIT || rule.readUInt32LE(4) !== ALWAYS) return false
  if (!(rule.readUInt32LE(MASK + 4 * (syscall >> 5)) & (1 << (syscall & 31)))) return false
  for (let index = 0; index < rule.readUInt32LE(8); index++) {
    const field = rule.readUInt32LE(FIELDS + 4 * index)
    if (field === FIELD_ARCH && rule.readUInt32LE(VALUES + 4 * index) !== arch) return false
    if (field !== FIELD_ARCH && field !== FIELD_KEY) return false
  }
  return true
}
