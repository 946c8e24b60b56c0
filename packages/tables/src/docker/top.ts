import type { Host } from '../host/host.ts'
import { listAt } from '../json/read-json.ts'
import { askDocker } from './ask-docker.ts'
import type { Asking } from './containers.ts'

/** Columns of ps(1), in the order that it is asked for. Only the last may hold white space: Docker cuts the lines at it. */
const fields = [
  'pid',
  'ppid',
  'pgid',
  'state',
  'ruid',
  'rgid',
  'euid',
  'egid',
  'suid',
  'sgid',
  'rss',
  'vsz',
  'etimes',
  'nlwp',
  'nice',
  'user:32',
  'time',
  'pcpu',
  'pmem',
  'args',
] as const

type Field = Exclude<(typeof fields)[number], 'user:32'> | 'user'
const names = fields.map((field) => field.split(':')[0])

export interface TopLine {
  text(name: Field): string | null
  number(name: Field): number | null
  /** Last name of the program in the command line. */
  program: string
}

/** The processes of a container: Docker runs ps for them on this machine. Empty when it does not run. */
export function topOf(host: Host, scan: Asking, id: string): TopLine[] {
  const args = encodeURIComponent(`-ww -eo ${fields.join(',')}`)
  const answer = askDocker(host, scan, `/containers/${encodeURIComponent(id)}/top?ps_args=${args}`)
  return listAt(answer, 'Processes').map((line) => {
    const text = (name: Field) => {
      const value = listAt(line)[names.indexOf(name)]
      return typeof value === 'string' ? value : null
    }
    return {
      text,
      number(name) {
        const value = Number(text(name) ?? Number.NaN)
        return Number.isNaN(value) ? null : value
      },
      program: (text('args') ?? '').split(' ')[0]!.split('/').pop()!,
    }
  })
}
