import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import type { SensorEvent } from '@quarry/schema/events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAlone } from '../testing/open-alone.ts'
import { noJournald, startJournald } from '../testing/start-journald.ts'
import { watch } from '../testing/watch.ts'
import source from './journald.ts'

const machine = '00112233445566778899aabbccddeeff'
const noJournalctl = !isThere('journalctl', '--version')

let root: string
let stateDir: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'quarry-journald-'))
  stateDir = join(root, 'state')
  for (const folder of ['state', 'etc', `var/log/journal/${machine}`, 'run/systemd/journal'])
    mkdirSync(join(root, folder), { recursive: true })
  writeFileSync(join(root, 'etc/machine-id'), `${machine}\n`)
  writeFileSync(
    join(root, 'etc/passwd'),
    'root:x:0:0::/root:/bin/sh\neve:x:1001:1001::/home/eve:/bin/bash\nnobody:x:65534:65534::/:/bin/false\n',
  )
  writeFileSync(join(root, 'run/systemd/journal/socket'), '')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const open = () => openAlone(source, { root, stateDir })
const logins = (events: SensorEvent[]) =>
  events.flatMap((event) =>
    event.type === 'login' ? [[event.eventId, event.user, event.subjectUser, event.status]] : [],
  )

// Written by systemd 252 of Debian 12 while sshd, sudo and su of the same were used in earnest: `root` and `eve` act, user 65534 writes lines
// that look like theirs with logger, and eve's own program writes some and becomes sudo at once.
test.skipIf(noJournalctl)(
  'tells what really happened of a journal in which users wrote lines that look like sign-ins',
  async () => {
    const { first } = putJournal()
    writeFileSync(join(stateDir, 'logins.json'), JSON.stringify({ files: {}, cursor: first }))
    const alone = await open()
    await alone.until(() => alone.events.length >= 10)
    await alone.close()
    expect(logins(alone.events)).toEqual([
      // The journal still knew it as another program: told, and said.
      [4648, 'root', 'eve', 'written by /usr/bin/perl'],
      [4648, 'eve', 'root', undefined],
      [4648, 'root', 'eve', undefined],
      [4648, 'eve', 'root', undefined],
      [4625, 'root', 'eve', '1 incorrect password attempt'],
      [4648, 'eve', 'eve', undefined],
      [4625, 'root', 'eve', 'authentication failure'],
      [4624, 'eve', undefined, 'password'],
      [4634, 'eve', undefined, undefined],
      [4625, 'nosuch', undefined, 'password, no such user'],
    ])
    expect(alone.events.find((event) => event.type === 'login' && event.eventId === 4624)).toEqual({
      ...{ type: 'login', at: expect.any(Number), eventId: 4624, user: 'eve', address: '127.0.0.1' },
      ...{ port: 36624, logonType: 10, processName: 'sshd', status: 'password' },
    })
  },
)

test.skipIf(noJournalctl)('begins at the end of the journal, and keeps where that is', async () => {
  putJournal()
  const alone = await open()
  await alone.until(() => alone.events.length > 0, 1)
  await alone.close()
  expect(alone.events).toEqual([])
  const { cursor } = JSON.parse(readFileSync(join(stateDir, 'logins.json'), 'utf8')) as { cursor: string }
  expect(cursor).toMatch(/^s=[0-9a-f]{32};i=[0-9a-f]+;/)
})

test.skipIf(noJournalctl || noJournald !== undefined)(
  `believes root and nobody else while journald runs, and goes on when journalctl is killed ${noJournald ?? ''}`,
  async () => {
    rmSync(join(root, 'run/systemd/journal/socket'))
    chmodSync(root, 0o755)
    const journald = await startJournald(root)
    const write = (uid: number, program: string, message: string) =>
      execFileSync('setpriv', [
        ...[`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', 'logger', `--socket=${journald.socket}`],
        ...['--priority=auth.info', `--tag=${program}`, message],
      ])
    try {
      await using watched = await watch(['journald', 'auth_log', 'utmp'], { root, stateDir })
      expect(watched.sensors.status().find(({ layer }) => layer === 'login')).toMatchObject({
        source: 'journald',
        reasons: [],
      })
      write(65534, 'sshd', 'Accepted password for root from 203.0.113.66 port 6 ssh2')
      write(65534, 'login', 'pam_unix(login:session): session opened for user root(uid=0) by LOGIN(uid=0)')
      write(65534, 'sudo', 'eve : TTY=pts/1 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id')
      write(65534, 'su', '(to root) eve on pts/3')
      write(0, 'sshd', 'Accepted password for eve from 203.0.113.9 port 7 ssh2')
      const told = await watched.first('login', ({ user }) => user === 'eve')
      expect(told).toMatchObject({ eventId: 4624, address: '203.0.113.9', port: 7, status: 'password' })
      expect(Math.abs(told.at - Date.now())).toBeLessThan(60_000)

      for (const pid of childrenNamed('journalctl')) process.kill(pid, 'SIGKILL')
      write(0, 'sshd', 'Failed password for root from 203.0.113.9 port 8 ssh2')
      await watched.first('login', ({ port }) => port === 8)
      expect(logins(watched.events)).toEqual([
        [4624, 'eve', undefined, 'password'],
        [4625, 'root', undefined, 'password'],
      ])
      expect(watched.logged.join()).toMatch(/journalctl is started again: It ended with SIGKILL/)
    } finally {
      await journald.stop()
    }
    expect(childrenNamed('journalctl')).toEqual([])
  },
)

test('the log files come next on a host without a journal, and the reason is told', async () => {
  rmSync(join(root, 'run'), { recursive: true })
  writeFileSync(join(root, 'var/log/auth.log'), '')
  await using watched = await watch(['journald', 'auth_log', 'utmp'], { root, stateDir })
  expect(watched.sensors.status().find(({ layer }) => layer === 'login')).toMatchObject({
    source: 'auth_log',
    reasons: ['The systemd journal does not run on this host.'],
  })
})
test('says what is missing on a host without a journal', async () => {
  rmSync(join(root, 'run'), { recursive: true })
  await expect(open()).rejects.toThrow('The systemd journal does not run on this host.')
})

function putJournal() {
  const packed = readFileSync(join(import.meta.dirname, '../logins/fixtures/logins.journal.zst'))
  writeFileSync(join(root, `var/log/journal/${machine}/system.journal`), zstdDecompressSync(packed))
  const [first] = execFileSync('journalctl', [`--root=${root}`, '--output=json', '--no-pager'], {
    env: { ...process.env, SYSTEMD_COLORS: '0' },
  })
    .toString()
    .split('\n')
  return { first: (JSON.parse(first!) as { __CURSOR: string }).__CURSOR }
}

function childrenNamed(name: string): number[] {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean)
  return children.map(Number).filter((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === name)
}

function isThere(program: string, ...args: string[]) {
  try {
    execFileSync(program, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
