import type { KeptValue } from '../../store/types.ts'

/** A column that is worked out from a kept one when the journal is read. */
export interface Derived {
  from: string
  of(value: KeptValue): KeptValue
}

const pid: Derived['of'] = (value) => {
  const [text] = splitSophosPid(value)
  return text === undefined ? null : Number(text)
}

const startTime: Derived['of'] = (value) => {
  const [, ticks] = splitSophosPid(value)
  if (ticks === undefined) return null
  // FILETIME counts 100 ns since 1601; seven digits make a second. The kernel is 0:0.
  return ticks === '0' ? 0 : Number(ticks.slice(0, -7)) - 11_644_473_600
}

/** Derived columns by name, `end_time` apart, which needs another event. */
export const derivedColumns: Readonly<Record<string, Derived>> = {
  pid: { from: 'sophos_pid', of: pid },
  process_start_time: { from: 'sophos_pid', of: startTime },
  parent_pid: { from: 'parent_sophos_pid', of: pid },
  parent_process_start_time: { from: 'parent_sophos_pid', of: startTime },
  sid: { from: 'uid', of: (uid) => (uid === null ? null : String(uid)) },
  file_name: {
    from: 'path',
    of: (path) => (typeof path === 'string' ? path.slice(path.lastIndexOf('/') + 1) : null),
  },
}

/** The pid within a `sophos_pid`, or null. */
export const pidOf = (sophosPid: KeptValue | undefined): KeptValue => pid(sophosPid ?? null)

function splitSophosPid(value: KeptValue): [string?, string?] {
  if (typeof value !== 'string') return []
  const colon = value.indexOf(':')
  return colon < 0 ? [] : [value.slice(0, colon), value.slice(colon + 1)]
}
