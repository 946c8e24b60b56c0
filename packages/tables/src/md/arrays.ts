import type { Scan } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { attempt } from '../proc/attempt.ts'
import { readValue } from '../system/read-value.ts'

export interface MdDrive {
  /** Device without `/dev/`. */
  name: string
  /** Place in the array; −1 for none. */
  slot: number
  states: string[]
}

export interface MdArray {
  name: string
  drives: MdDrive[]
  /** The array's lines of /proc/mdstat below its first one. */
  lines: string[]
  /** A value of the array's folder in /sys; null where there is none. */
  value(file: string): string | null
  number(file: string): number | null
}

export interface MdStat {
  arrays: MdArray[]
  /** Devices that belong to no array, in the kernel's words. */
  unused: string
}

type Asking = Pick<Scan, 'warn' | 'once'>

/** The arrays of software RAID: /proc/mdstat names them, /sys describes them (the kernel's admin guide, md). */
export const mdArrays = (host: Host, scan: Asking): MdArray[] => mdStat(host, scan).arrays

/** The same, and what belongs to no array. */
export function mdStat(host: Host, scan: Asking): MdStat {
  const text = attempt(scan, () => host.read('/proc/mdstat')) ?? ''
  const arrays: MdArray[] = []
  let unused = ''
  for (const line of text.split('\n')) {
    const [, name, rest] = /^(md\S*) : (.*)$/.exec(line) ?? []
    if (name !== undefined && rest !== undefined) arrays.push(arrayOf(host, name, rest))
    else if (line.startsWith('unused devices:')) unused = line.slice('unused devices:'.length).trim()
    else if (line.startsWith(' ') && line.trim()) arrays.at(-1)?.lines.push(line.trim())
  }
  return { arrays, unused: unused === '<none>' ? '' : unused }
}

function arrayOf(host: Host, name: string, rest: string): MdArray {
  const folder = `/sys/block/${name}/md`
  const value = (file: string) => readValue(host, `${folder}/${file}`)
  const drives = [...rest.matchAll(/(\S+)\[(\d+)\]((?:\([A-Z]\))*)/g)].map(
    ([, drive = '', , letters = '']) => {
      const slot = readValue(host, `${folder}/dev-${drive.replaceAll('/', '!')}/slot`)
      return {
        name: drive,
        slot: slot === null || slot === 'none' ? -1 : Number(slot),
        states: statesOf(readValue(host, `${folder}/dev-${drive}/state`), letters),
      }
    },
  )
  return {
    name,
    drives,
    lines: [],
    value,
    number(file) {
      const text = value(file)
      return text === null || !/^\d+/.test(text) ? null : Number.parseInt(text, 10)
    },
  }
}

/** The state of a drive in words; without /sys only what /proc/mdstat marks by letters. */
function statesOf(state: string | null, letters: string): string[] {
  if (state !== null) {
    const words = state.split(/[,\s]+/).filter(Boolean)
    return words.map((word) => (word === 'in_sync' ? 'active' : word.replaceAll('_', '-')))
  }
  if (letters.includes('F')) return ['faulty']
  return [letters.includes('S') ? 'spare' : 'active']
}
