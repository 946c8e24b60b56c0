/** Types of records (include/uapi/linux/audit.h). */
export const recordType = {
  SYSCALL: 1300,
  PATH: 1302,
  SOCKETCALL: 1304,
  SOCKADDR: 1306,
  CWD: 1307,
  EXECVE: 1309,
  END: 1320,
} as const

/** Which event a record belongs to, and when that was, in milliseconds since 1970: from `audit(1700000000.123:456): …`. */
export function parseHead(text: string): { at: number; serial: string; body: number } | undefined {
  const colon = text.indexOf(':', 6)
  const end = text.indexOf(')', colon)
  if (!text.startsWith('audit(') || colon < 0 || end < 0) return undefined
  const at = Math.round(Number(text.slice(6, colon)) * 1000)
  return Number.isFinite(at) ? { at, serial: text.slice(6, end), body: end + 2 } : undefined
}

/** The value of a field, as it is written; undefined when the record has none. No value holds a space. */
export function field(text: string, name: string): string | undefined {
  const mark = ` ${name}=`
  const start = text.indexOf(mark)
  if (start < 0) return undefined
  const end = text.indexOf(' ', start + mark.length)
  return text.slice(start + mark.length, end < 0 ? undefined : end)
}

/** A number in a field, in decimal unless `base` says otherwise. */
export function numberField(text: string, name: string, base = 10): number | undefined {
  const value = Number.parseInt(field(text, name) ?? '', base)
  return Number.isNaN(value) ? undefined : value
}

/** A text of a process in a field; empty when the kernel had none. */
export function textField(text: string, name: string): string {
  return decodeBytes(field(text, name) ?? '').toString('utf8')
}

/** What an untrusted value stands for: in quotes when it is plain, else in hex. `(null)` is none. */
export function decodeBytes(value: string): Buffer {
  if (value.startsWith('"')) return Buffer.from(value.slice(1, value.lastIndexOf('"')), 'latin1')
  return value === '(null)' ? Buffer.alloc(0) : Buffer.from(value, 'hex')
}
