import { readFileSync } from 'node:fs'
import type { Login, LogLine } from './login.ts'
import { readLine } from './read-line.ts'

/** Fields of an entry that are asked for. Those that begin with `_` are added by journald and cannot be chosen by who writes. */
export const journalFields = [
  'MESSAGE',
  'SYSLOG_IDENTIFIER',
  '_TRANSPORT',
  '_UID',
  '_PID',
  '_EXE',
  '_SOURCE_REALTIME_TIMESTAMP',
] as const

/** What `journalctl --output=json` prints of an entry. A value that is not UTF-8 comes as bytes, one given twice as a list, a huge one as null. */
type Entry = Partial<Record<(typeof journalFields)[number] | '__CURSOR' | '__REALTIME_TIMESTAMP', unknown>>

/** What an entry of the systemd journal says, and how far it is. */
export interface JournalLine {
  cursor?: string
  line?: LogLine
  login?: Login
}

/**
 * Reads an entry and believes it by who wrote it. Anybody can write a line that looks like one of sshd, and journald tells the user who did,
 * by the kernel. So root is believed; sudo and su write as the user who calls them, who is believed about himself alone.
 * The program (`_EXE`) decides nothing: journald looks it up later, when the writer may have become another program, and keeps it a while.
 * @param nameOf the name of a user id on this host, where it is known
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.journal-fields.html
 */
export function readJournalEntry(json: string, nameOf: (uid: number) => string | undefined): JournalLine {
  const entry = parse(json)
  const cursor = text(entry.__CURSOR)
  const line = lineOf(entry)
  const login = line && text(entry._TRANSPORT) === 'syslog' ? readLine(line) : undefined
  const uid = Number(text(entry._UID) ?? Number.NaN)
  const believed = login && (uid === 0 ? login : aboutHimself(login, uid, nameOf(uid), text(entry._EXE)))
  return { ...(cursor && { cursor }), ...(line && believed && { line, login: believed }) }
}

function aboutHimself(
  login: Login,
  uid: number,
  name: string | undefined,
  program?: string,
): Login | undefined {
  if (Number.isNaN(uid) || (login.eventId !== 4648 && login.eventId !== 4625)) return undefined
  if (login.processName === 'sshd') return undefined
  const { subjectUser = name } = login
  if (name !== undefined && subjectUser !== name) return undefined
  const isIts = program?.slice(program.lastIndexOf('/') + 1) === login.processName
  const notes = [
    login.status,
    name === undefined ? `written by the user with the id ${uid}` : undefined,
    isIts ? undefined : `written by ${program ?? 'a program that had ended'}`,
  ]
  const status = notes.filter(Boolean).join(', ')
  return { ...login, ...(subjectUser && { subjectUser }), ...(status && { status }) }
}

function lineOf(entry: Entry): LogLine | undefined {
  const program = text(entry.SYSLOG_IDENTIFIER)
  const message = text(entry.MESSAGE)
  const micros = Number(text(entry._SOURCE_REALTIME_TIMESTAMP) ?? text(entry.__REALTIME_TIMESTAMP))
  if (!program || message === undefined || !Number.isFinite(micros)) return undefined
  const pid = Number(text(entry._PID))
  return { at: Math.floor(micros / 1000), program, message, ...(pid > 0 && { pid }) }
}

function parse(json: string): Entry {
  try {
    const entry: unknown = JSON.parse(json)
    return typeof entry === 'object' && entry !== null ? entry : {}
  } catch {
    return {}
  }
}

function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (!Array.isArray(value) || value.length === 0) return undefined
  return value.every(Number.isInteger) ? Buffer.from(value).toString('utf8') : text(value[0])
}

/** Names of users by their ids as the host's own file has them at the moment. */
export function namesOfUsers(root: string): (uid: number) => string | undefined {
  return (uid) => {
    try {
      const lines = readFileSync(`${root}/etc/passwd`, 'utf8').split('\n')
      return lines.map((line) => line.split(':')).find(([, , id]) => Number(id) === uid)?.[0]
    } catch {
      return undefined
    }
  }
}
