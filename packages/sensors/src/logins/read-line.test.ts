import { expect, test } from 'vitest'
import { mutated, seeded } from '../testing/seeded.ts'
import { parseSyslog } from './parse-syslog.ts'
import { readLine } from './read-line.ts'

const sshd = (message: string) => readLine({ program: 'sshd', message })
const base = { logonType: 10, processName: 'sshd' }

test.each([
  [
    'Accepted publickey for root from 192.0.2.7 port 52310 ssh2: ED25519 SHA256:AbC/d+e',
    { eventId: 4624, user: 'root', address: '192.0.2.7', port: 52310, status: 'publickey' },
  ],
  [
    'Accepted password for eve from 2001:db8::5 port 22 ssh2',
    { eventId: 4624, user: 'eve', address: '2001:db8::5', port: 22, status: 'password' },
  ],
  [
    'Failed password for root from ::1 port 40000 ssh2',
    { eventId: 4625, user: 'root', address: '::1', port: 40000, status: 'password' },
  ],
  [
    'Failed password for invalid user admin from 203.0.113.9 port 5 ssh2',
    { eventId: 4625, user: 'admin', address: '203.0.113.9', port: 5, status: 'password, no such user' },
  ],
  [
    'Failed publickey for bob from 203.0.113.9 port 5 ssh2: RSA SHA256:abc',
    { eventId: 4625, user: 'bob', address: '203.0.113.9', port: 5, status: 'publickey' },
  ],
  [
    'message repeated 2 times: [ Failed password for root from 203.0.113.9 port 5 ssh2]',
    { eventId: 4625, user: 'root', address: '203.0.113.9', port: 5, status: 'password, 2 times' },
  ],
  [
    'Connection closed by authenticating user root 203.0.113.9 port 5 [preauth]',
    { eventId: 4625, user: 'root', address: '203.0.113.9', port: 5, status: 'gave up', echo: true },
  ],
  [
    'Disconnected from user eve 203.0.113.9 port 5',
    { eventId: 4634, user: 'eve', address: '203.0.113.9', port: 5 },
  ],
])('sshd: %s', (message, expected) => expect(sshd(message)).toEqual({ ...base, ...expected }))

test.each([
  'x from 198.51.100.1 port 1 ssh2',
  'x from 198.51.100.1 port 1 ssh2: RSA SHA256:a',
  'root from 198.51.100.1',
  '',
  'a b',
])('a user who calls himself "%s" does not put another address into the journal', (user) => {
  expect(sshd(`Failed password for invalid user ${user} from 203.0.113.9 port 99 ssh2`)).toMatchObject({
    ...{ eventId: 4625, user, address: '203.0.113.9', port: 99 },
  })
  expect(sshd(`Connection closed by invalid user ${user} 203.0.113.9 port 99 [preauth]`)).toMatchObject({
    ...{ eventId: 4625, user, address: '203.0.113.9', port: 99 },
  })
  expect(sshd(`Accepted password for ${user} from 198.51.100.9 port 1 ssh2`)?.eventId).not.toBe(4625)
})

test('sudo: who acted as whom, or why not', () => {
  const sudo = (message: string) => readLine({ program: 'sudo', message })
  const about = { logonType: 2, processName: 'sudo', user: 'root', subjectUser: 'eve', terminal: 'pts/1' }
  expect(sudo('     eve : TTY=pts/1 ; PWD=/home/eve ; USER=root ; COMMAND=/usr/bin/id')).toEqual({
    ...about,
    eventId: 4648,
  })
  expect(
    sudo(
      'eve : 3 incorrect password attempts ; TTY=pts/1 ; PWD=/ ; USER=root ; GROUP=adm ; COMMAND=/usr/bin/id',
    ),
  ).toEqual({ ...about, eventId: 4625, status: '3 incorrect password attempts' })
  expect(sudo('eve : user NOT in sudoers ; TTY=pts/1 ; PWD=/ ; USER=root ; COMMAND=/bin/sh')).toEqual({
    ...about,
    eventId: 4625,
    status: 'user NOT in sudoers',
  })
  expect(
    sudo('eve : TTY=pts/1 ; PWD=/tmp/a ; USER=bin ; COMMAND=/x ; USER=root ; COMMAND=/usr/bin/id'),
  ).toEqual({ ...about, eventId: 4648, status: 'the line names several users' })
  const { terminal: _, ...withoutTerminal } = about
  expect(sudo('     eve : PWD=/ ; USER=root ; COMMAND=/usr/bin/id')).toEqual({
    ...withoutTerminal,
    eventId: 4648,
  })
  expect(
    sudo('     eve : 1 incorrect password attempt ; PWD=/ ; USER=root ; COMMAND=/usr/bin/echo TTY=pts/1'),
  ).toEqual({ ...withoutTerminal, eventId: 4625, status: '1 incorrect password attempt' })
  expect(sudo('pam_unix(sudo:session): session opened for user root(uid=0) by eve(uid=1000)')).toBeUndefined()
})

test('su, of util-linux and of shadow', () => {
  const su = (message: string) => readLine({ program: 'su', message })
  const about = { user: 'root', subjectUser: 'eve', logonType: 2, processName: 'su' }
  expect(su('(to root) eve on pts/3')).toEqual({ ...about, eventId: 4648, terminal: 'pts/3' })
  expect(su('FAILED SU (to root) eve on pts/3')).toEqual({ ...about, eventId: 4625, terminal: 'pts/3' })
  expect(su('Successful su for root by eve')).toEqual({ ...about, eventId: 4648 })
  expect(su('pam_unix(su-l:session): session opened for user root(uid=0) by eve(uid=1000)')).toEqual({
    ...about,
    eventId: 4648,
  })
  expect(
    su(
      'pam_unix(su:auth): authentication failure; logname=eve uid=1000 euid=0 tty=/dev/pts/3 ruser=eve rhost=  user=root',
    ),
  ).toEqual({ ...about, eventId: 4625, terminal: 'pts/3', status: 'authentication failure' })
})

test('PAM, of programs that say nothing themselves', () => {
  const pam = (message: string) => readLine({ program: 'login', message })
  expect(pam('pam_unix(login:session): session opened for user eve(uid=1000) by LOGIN(uid=0)')).toEqual({
    ...{ eventId: 4624, user: 'eve', logonType: 2, processName: 'login' },
  })
  expect(
    pam(
      'pam_unix(login:auth): authentication failure; logname=LOGIN uid=0 euid=0 tty=/dev/tty1 ruser= rhost=  user=eve',
    ),
  ).toMatchObject({ eventId: 4625, user: 'eve', terminal: 'tty1', logonType: 2 })
  expect(
    pam(
      'pam_sss(vsftpd:auth): authentication failure; logname= uid=0 euid=0 tty=ftp ruser=eve rhost=192.0.2.1 user=eve',
    ),
  ).toMatchObject({ eventId: 4625, address: '192.0.2.1', logonType: 3, processName: 'vsftpd' })
  expect(pam('pam_unix(sshd:session): session closed for user eve')).toMatchObject({
    eventId: 4634,
    user: 'eve',
  })
  expect(pam('pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)')).toBeUndefined()
  expect(pam('pam_unix(systemd-user:session): session opened for user eve(uid=1) by (uid=0)')).toBeUndefined()
})

test('both kinds of dates', () => {
  const now = Date.UTC(2026, 0, 3)
  expect(parseSyslog('2026-01-02T03:04:05.678901+01:00 host sshd-session[42]: hi there', now)).toEqual({
    at: Date.UTC(2026, 0, 2, 2, 4, 5, 678),
    program: 'sshd-session',
    pid: 42,
    message: 'hi there',
  })
  expect(parseSyslog('Dec 31 23:59:59 host gdm-password][7]: pam', now)).toEqual({
    at: new Date(2025, 11, 31, 23, 59, 59).getTime(),
    program: 'gdm-password',
    pid: 7,
    message: 'pam',
  })
  expect(parseSyslog('Jan  3 00:00:00 host sudo:   eve : x', now)?.message).toBe('  eve : x')
  expect(parseSyslog('no line', now)).toBeUndefined()
})

test('never fails on broken or long lines', () => {
  const random = seeded(23)
  const samples = [
    '2026-01-02T03:04:05Z h sshd[1]: Failed password for invalid user a from 203.0.113.9 port 5 ssh2',
    'Jan  2 03:04:05 h sudo: eve : TTY=pts/1 ; PWD=/ ; USER=root ; COMMAND=/bin/sh',
    'Jan  2 03:04:05 h su[9]: pam_unix(su:auth): authentication failure; logname= uid=0 euid=0 tty=a ruser=b rhost= user=c',
  ]
  for (let round = 0; round < 3000; round += 1) {
    const text = mutated(Buffer.from(samples[round % samples.length]!), random).toString('utf8')
    const line = parseSyslog(text, Date.now())
    if (line) readLine(line)
  }
  for (const filler of [' from 1 port 1', ' ; USER=a ; GROUP=', 'a ', ' : ']) {
    const long = filler.repeat(16_000 / filler.length)
    for (const message of [`Failed password for ${long}`, `e : TTY=a ; ${long}`, `pam_unix(x:auth): ${long}`])
      for (const program of ['sshd', 'sudo']) readLine({ program, message })
  }
})
