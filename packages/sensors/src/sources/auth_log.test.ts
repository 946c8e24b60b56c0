import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SensorEvent } from '@quarry/schema/events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { utmpSize } from '../logins/read-utmp.ts'
import { openAlone } from '../testing/open-alone.ts'
import source from './auth_log.ts'

let root: string
let log: string
let stateDir: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'quarry-logins-'))
  stateDir = join(root, 'state')
  mkdirSync(stateDir)
  mkdirSync(join(root, 'var/log'), { recursive: true })
  log = join(root, 'var/log/auth.log')
  writeFileSync(log, line(0, 'Accepted password for before from 192.0.2.1 port 1 ssh2'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const start = Date.now() - 60_000
/** A line of sshd so many seconds after the start. */
function line(second: number, message: string, tag = 'sshd[999999999]') {
  return `${new Date(start + second * 1000).toISOString()} host ${tag}: ${message}\n`
}
const failed = (user: string, second = 0) =>
  line(second, `Failed password for ${user} from 192.0.2.1 port 1 ssh2`)
const open = () => openAlone(source, { root, stateDir })
const users = (events: SensorEvent[]) => events.map((event) => event.type === 'login' && event.user)

test('tells what is written from now on, once, in order', async () => {
  await using_(await open(), async ({ events, until }) => {
    appendFileSync(log, failed('one') + failed('two').slice(0, 40))
    await until(() => events.length > 0)
    appendFileSync(log, failed('two').slice(40))
    await until(() => events.length > 1)
    expect(users(events)).toEqual(['one', 'two'])
    expect(events[0]).toEqual({
      ...{ type: 'login', at: start, eventId: 4625, user: 'one', address: '192.0.2.1', port: 1 },
      ...{ logonType: 10, processName: 'sshd', status: 'password' },
    })
  })
})

test('loses nothing by rotation and truncation', async () => {
  await using_(await open(), async ({ events, until }) => {
    appendFileSync(log, failed('before-rotation'))
    renameSync(log, `${log}.1`)
    appendFileSync(`${log}.1`, failed('into-the-old'))
    writeFileSync(log, failed('new-file'))
    await until(() => events.length >= 3)
    truncateSync(log)
    await until(() => true)
    appendFileSync(log, failed('t'))
    await until(() => events.length >= 4)
    expect(users(events)).toEqual(['before-rotation', 'into-the-old', 'new-file', 't'])
  })
})

test('goes on after a restart where it stopped, also when the file was rotated meanwhile', async () => {
  await using_(await open(), async ({ events, until }) => {
    appendFileSync(log, failed('one'))
    await until(() => events.length > 0)
  })
  appendFileSync(log, failed('meanwhile'))
  renameSync(log, `${log}.1`)
  writeFileSync(log, failed('after'))
  await using_(await open(), async ({ events, until }) => {
    await until(() => events.length >= 2)
    expect(users(events)).toEqual(['meanwhile', 'after'])
  })
})

test('skips a line without end, and says so', async () => {
  await using_(await open(), async ({ events, until, open }) => {
    appendFileSync(log, `${'x'.repeat(3 << 20)}\n${failed('next')}`)
    await until(() => events.length > 0)
    expect(users(events)).toEqual(['next'])
    expect(open.lost()).toEqual({ login: 1 })
  })
})

test('tells one sign-in once, whoever reports it', async () => {
  await using_(await open(), async ({ events, until, close }) => {
    const wtmp = join(root, 'var/log/wtmp')
    writeFileSync(wtmp, record(7, 'eve', 'pts/5', start + 1000))
    appendFileSync(
      log,
      line(1, 'Accepted publickey for eve from 192.0.2.1 port 77 ssh2: ED25519 SHA256:x') +
        line(1, 'pam_unix(sshd:session): session opened for user eve(uid=1000) by (uid=0)') +
        line(2, '(to root) eve on pts/5', 'su[5]') +
        line(2, 'pam_unix(su:session): session opened for user root(uid=0) by eve(uid=1000)', 'su[5]') +
        line(3, 'Disconnected from user eve 192.0.2.1 port 77', 'sshd[888888888]') +
        line(3, 'pam_unix(sshd:session): session closed for user eve') +
        failed('mallory', 4) +
        failed('mallory', 6) +
        line(7, 'Connection closed by authenticating user mallory 192.0.2.1 port 1 [preauth]'),
    )
    appendFileSync(wtmp, record(8, '', 'pts/5', start + 3000))
    appendFileSync(wtmp, record(7, 'console', 'tty1', start + 8000))
    await until(() => users(events).includes('console'))
    await close()
    expect(
      events.map(
        (event) => event.type === 'login' && [event.eventId, event.user, event.address, event.logonType],
      ),
    ).toEqual([
      [4624, 'eve', '192.0.2.1', 10],
      [4648, 'root', undefined, 2],
      [4634, 'eve', '192.0.2.1', 10],
      [4625, 'mallory', '192.0.2.1', 10],
      [4625, 'mallory', '192.0.2.1', 10],
      [4624, 'console', undefined, 2],
    ])
  })
})

test('says what is missing on a host without such a log', async () => {
  rmSync(log)
  await expect(open()).rejects.toThrow(/rsyslog/)
})

async function using_(
  alone: Awaited<ReturnType<typeof open>>,
  act: (alone: Awaited<ReturnType<typeof open>>) => Promise<void>,
) {
  let closed = false
  const close = async () => {
    if (!closed) await alone.close()
    closed = true
  }
  try {
    await act({ ...alone, close })
  } finally {
    await close()
  }
}

function record(type: number, user: string, terminal: string, at: number) {
  const bytes = Buffer.alloc(utmpSize)
  bytes.writeInt16LE(type, 0)
  bytes.write(terminal, 8)
  bytes.write(user, 44)
  const timeAt = utmpSize === 400 ? 344 : 340
  bytes.writeUInt32LE(Math.floor(at / 1000), timeAt)
  return bytes
}
