import { decodeBytes } from './record.ts'

/**
 * Arguments of a program from the EXECVE records of its event. Long ones come in parts (`a1_len=… a1[0]=… a1[1]=…`), and many in several
 * records; a part may end in the middle of a letter, so that bytes are joined before they are read as text.
 * `complete` is false when records of it were lost.
 */
export function joinArguments(records: readonly string[]): { cmdLine: string; complete: boolean } {
  const parts: Buffer[][] = []
  let count = 0
  for (const record of records) {
    for (const token of record.split(' ')) {
      const equals = token.indexOf('=')
      if (token.startsWith('argc=')) count = Number(token.slice(5))
      const index = /^a(\d+)(?:\[\d+\])?$/.exec(token.slice(0, equals))?.[1]
      if (index === undefined) continue
      const part = decodeBytes(token.slice(equals + 1))
      const known = parts[Number(index)]
      if (known) known.push(part)
      else parts[Number(index)] = [part]
    }
  }
  const complete = parts.length === count && !parts.includes(undefined as never)
  const texts = Array.from(parts, (bytes) => (bytes ? Buffer.concat(bytes).toString('utf8') : ''))
  return { cmdLine: texts.join(' ').trimEnd(), complete }
}
