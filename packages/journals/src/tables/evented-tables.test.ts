import listenJournal from '@quarry/schema/journals/quarry_listen_journal'
import fileJournal from '@quarry/schema/journals/sophos_file_journal'
import ipJournal from '@quarry/schema/journals/sophos_ip_journal'
import networkJournal from '@quarry/schema/journals/sophos_network_journal'
import processJournal from '@quarry/schema/journals/sophos_process_journal'
import winsecJournal from '@quarry/schema/journals/sophos_winsec_journal'
import { afterAll, expect, test } from 'vitest'
import { openJournals } from './testing/open-journals.ts'

const opened = await openJournals()
afterAll(() => opened[Symbol.dispose]())
const { writer, all, codes } = opened

const start = 1_795_000_000
const id = (pid: number) => `${pid}:${(BigInt(start) + 11_644_473_600n) * 10_000_000n}`
const nginx = id(100)
const at = (second: number) => (start + second) * 1000
const who = { uid: 33, gid: 34, euid: 35, cwd: '/srv', parent_sophos_pid: id(1) }

writer.append(processJournal, at(0), {
  event_type: 0,
  sophos_pid: nginx,
  path: '/usr/sbin/nginx',
  cmd_line: 'nginx -g “x”',
  ...who,
})
// An exec under the same id: what comes later was done by the other program.
writer.append(processJournal, at(10), { event_type: 0, sophos_pid: nginx, path: '/usr/bin/perl', ...who })
writer.append(processJournal, at(20), { event_type: 1, sophos_pid: nginx, path: '/usr/bin/perl' })
const inbound = {
  sophos_pid: nginx,
  source: '198.51.100.7',
  source_port: 50000,
  destination: '192.0.2.10',
  destination_port: 80,
  protocol: 6,
  direction: 'inbound',
}
writer.append(listenJournal, at(1), {
  event_type: 0,
  sophos_pid: nginx,
  address: '::',
  port: 80,
  protocol: 6,
})
writer.append(ipJournal, at(2), inbound)
writer.append(networkJournal, at(3), { ...inbound, data_sent: 1, data_recv: 2 })
writer.append(ipJournal, at(12), {
  sophos_pid: nginx,
  source: '192.0.2.10',
  source_port: 40000,
  destination: '203.0.113.9',
  destination_port: 443,
  protocol: 6,
  direction: 'outbound',
})
const file = { subject: 'FileDataChanges', sophos_pid: nginx, file_id: '2049:77', file_size: 5 }
writer.append(fileJournal, at(4), {
  ...file,
  event_type: 0,
  path: '/srv/a',
  sha256: 'cd'.repeat(32),
  last_write_time: start,
})
writer.append(fileJournal, at(5), { ...file, event_type: 1, path: '/srv/a', target_path: '/srv/b' })
writer.append(fileJournal, at(6), { ...file, event_type: 6, path: '/srv/b', sophos_pid: null })
writer.append(winsecJournal, at(7), {
  event_type: 4625,
  username: 'root',
  source: '198.51.100.7',
  data: JSON.stringify({ processName: 'sshd', terminal: 'ssh' }),
})
writer.append(winsecJournal, at(8), { event_type: 4648, username: 'root', data: 'damaged' })

test('process_events are starts', () => {
  expect(
    all(`SELECT pid, path, cmdline, cmdline_size, cwd, uid, euid, gid, parent, time, uptime, auid FROM process_events
         WHERE time > 0 AND time < ${start + 5}`),
  ).toEqual([
    {
      pid: 100,
      path: '/usr/sbin/nginx',
      cmdline: 'nginx -g “x”',
      cmdline_size: 16,
      cwd: '/srv',
      uid: 33,
      euid: 35,
      gid: 34,
      parent: 1,
      time: start,
      uptime: null,
      auid: null,
    },
  ])
  expect(all('SELECT count(*) AS n FROM process_events WHERE time > 0')).toEqual([{ n: 2 }])
})

test('uptime counts from this boot', () => {
  const now = Date.now()
  writer.append(processJournal, now, { event_type: 0, sophos_pid: id(7), path: '/bin/now' })
  const [row] = all(
    "SELECT uptime, time - (SELECT total_seconds FROM uptime) AS boot FROM process_events WHERE path = '/bin/now' AND time > 0",
  )
  expect(Math.abs(Number(row!.uptime) - (Math.floor(now / 1000) - Number(row!.boot)))).toBeLessThan(30)
})

test('socket_events are seen from the process, with the program that it was then', () => {
  expect(
    all(`SELECT action, path, family, local_address, local_port, remote_address, remote_port FROM socket_events
         WHERE time > 0 ORDER BY time`),
  ).toEqual([
    {
      action: 'listen',
      path: '/usr/sbin/nginx',
      family: 10,
      local_address: '::',
      local_port: 80,
      remote_address: null,
      remote_port: null,
    },
    {
      action: 'accept',
      path: '/usr/sbin/nginx',
      family: 2,
      local_address: '192.0.2.10',
      local_port: 80,
      remote_address: '198.51.100.7',
      remote_port: 50000,
    },
    {
      action: 'close',
      path: '/usr/sbin/nginx',
      family: 2,
      local_address: '192.0.2.10',
      local_port: 80,
      remote_address: '198.51.100.7',
      remote_port: 50000,
    },
    {
      action: 'connect',
      path: '/usr/bin/perl',
      family: 2,
      local_address: '192.0.2.10',
      local_port: 40000,
      remote_address: '203.0.113.9',
      remote_port: 443,
    },
  ])
})

test('file_events split a rename in two', () => {
  expect(
    all(
      'SELECT action, target_path, inode, size, mtime, hashed, category FROM file_events WHERE time > 0 ORDER BY time, action',
    ),
  ).toEqual([
    {
      action: 'CREATED',
      target_path: '/srv/a',
      inode: 77,
      size: 5,
      mtime: start,
      hashed: 1,
      category: 'all',
    },
    {
      action: 'MOVED_FROM',
      target_path: '/srv/a',
      inode: 77,
      size: 5,
      mtime: null,
      hashed: 0,
      category: 'all',
    },
    {
      action: 'MOVED_TO',
      target_path: '/srv/b',
      inode: 77,
      size: 5,
      mtime: null,
      hashed: 0,
      category: 'all',
    },
    {
      action: 'ATTRIBUTES_MODIFIED',
      target_path: '/srv/b',
      inode: 77,
      size: 5,
      mtime: null,
      hashed: 0,
      category: 'all',
    },
  ])
  expect(all('SELECT count(DISTINCT transaction_id) AS n FROM file_events WHERE time > 0')).toEqual([
    { n: 3 },
  ])
})

test('process_file_events name the process', () => {
  expect(
    all(
      'SELECT operation, pid, ppid, executable, cwd, path, dest_path, uid, partial FROM process_file_events WHERE time > 0 ORDER BY time',
    ),
  ).toEqual([
    {
      operation: 'create',
      pid: 100,
      ppid: 1,
      executable: '/usr/sbin/nginx',
      cwd: '/srv',
      path: '/srv/a',
      dest_path: null,
      uid: '33',
      partial: 'false',
    },
    {
      operation: 'rename',
      pid: 100,
      ppid: 1,
      executable: '/usr/sbin/nginx',
      cwd: '/srv',
      path: '/srv/a',
      dest_path: '/srv/b',
      uid: '33',
      partial: 'false',
    },
    {
      operation: 'chmod',
      pid: null,
      ppid: null,
      executable: null,
      cwd: null,
      path: '/srv/b',
      dest_path: null,
      uid: null,
      partial: 'true',
    },
  ])
})

test('user_events speak as the audit system does', () => {
  expect(
    all('SELECT type, path, address, terminal, message FROM user_events WHERE time > 0 ORDER BY time'),
  ).toEqual([
    {
      type: 1112,
      path: 'sshd',
      address: '198.51.100.7',
      terminal: 'ssh',
      message: 'op=login acct="root" exe="sshd" addr=198.51.100.7 terminal=ssh res=failed',
    },
    {
      type: 1105,
      path: null,
      address: null,
      terminal: null,
      message: 'op=session_open acct="root" exe="?" addr=? terminal=? res=success',
    },
  ])
})

test('the default window holds for them too, and a process alone searches all', () => {
  all('SELECT * FROM file_events')
  expect(codes()).toEqual(['window_defaulted'])
  expect(all(`SELECT count(*) AS n FROM file_events WHERE sophos_pid = '${nginx}'`)).toEqual([{ n: 3 }])
  expect(codes()).toEqual([])
})
