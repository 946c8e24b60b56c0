import dnsJournal from '@quarry/schema/journals/sophos_dns_journal'
import fileJournal from '@quarry/schema/journals/sophos_file_journal'
import ipJournal from '@quarry/schema/journals/sophos_ip_journal'
import processJournal from '@quarry/schema/journals/sophos_process_journal'
import winsecJournal from '@quarry/schema/journals/sophos_winsec_journal'
import { afterAll, expect, test } from 'vitest'
import { openJournals } from './testing/open-journals.ts'

const opened = await openJournals()
afterAll(() => opened[Symbol.dispose]())
const { writer, all, codes } = opened

const start = 1_795_000_000
const id = (pid: number) => `${pid}:${(BigInt(start) + 11_644_473_600n) * 10_000_000n}`
const [shell, curl, dropped] = [id(100), id(101), id(102)]

function starts(sophos_pid: string, parent: string, path: string, second: number) {
  writer.append(processJournal, (start + second) * 1000, {
    event_type: 0,
    sophos_pid,
    parent_sophos_pid: parent,
    process_name: path.slice(path.lastIndexOf('/') + 1),
    path,
    cmd_line: `${path} -x`,
  })
}
starts(shell, id(1), '/usr/bin/bash', 0)
starts(curl, shell, '/usr/bin/curl', 1)
writer.append(dnsJournal, (start + 2) * 1000, {
  sophos_pid: curl,
  name: 'evil.example',
  type: 'A',
  answers: '203.0.113.9',
})
writer.append(ipJournal, (start + 3) * 1000, {
  sophos_pid: curl,
  source: '192.0.2.10',
  source_port: 40000,
  destination: '203.0.113.9',
  destination_port: 443,
  protocol: 6,
  direction: 'outbound',
})
writer.append(fileJournal, (start + 4) * 1000, {
  subject: 'FileBinaryChanges',
  event_type: 0,
  sophos_pid: curl,
  path: '/tmp/x',
  file_size: 7,
})
writer.append(processJournal, (start + 5) * 1000, {
  event_type: 1,
  sophos_pid: curl,
  path: '/usr/bin/curl',
  exit_code: 0,
})
starts(dropped, shell, '/tmp/x', 6)
writer.append(winsecJournal, (start + 7) * 1000, {
  event_type: 4624,
  username: 'ada',
  source: '198.51.100.7',
  data: '{}',
})

test('everything that a process did, without a word on the time', () => {
  expect(
    all(`SELECT time - ${start} AS after, subject, action, object, destination_port FROM sophos_process_activity
         WHERE sophos_pid = '${curl}' ORDER BY time_ms`),
  ).toEqual([
    { after: 2, subject: 'Dns', action: 'asked', object: 'evil.example', destination_port: null },
    { after: 3, subject: 'Ip', action: 'connected', object: '203.0.113.9', destination_port: 443 },
    { after: 4, subject: 'FileBinaryChanges', action: 'created', object: '/tmp/x', destination_port: null },
    { after: 5, subject: 'Process', action: 'ended', object: '/usr/bin/curl', destination_port: null },
  ])
  expect(codes()).toEqual([])
})

test('a start is the doing of the parent, and leads to the child', () => {
  const children = [
    { target_sophos_pid: curl, path: '/usr/bin/curl', cmd_line: '/usr/bin/curl -x', pid: 100 },
    { target_sophos_pid: dropped, path: '/tmp/x', cmd_line: '/tmp/x -x', pid: 100 },
  ]
  expect(
    all(`SELECT targetSophosPID AS target_sophos_pid, pathname AS path, cmdLine AS cmd_line, pid FROM sophos_process_activity
         WHERE sophosPID = '${shell}' AND subject = 'Process' AND action = 'started' ORDER BY time_ms`),
  ).toEqual(children)
  expect(
    all(`SELECT sophos_pid FROM sophos_process_activity WHERE target_sophos_pid = '${curl}' AND time > 0`),
  ).toEqual([{ sophos_pid: shell }])
})

test('the subject chooses, what a journal has not equals nothing', () => {
  const count = (where: string) =>
    all(`SELECT count(*) AS n FROM sophos_process_activity WHERE time > 0 AND ${where}`)[0]!.n
  expect(count('1')).toBe(8)
  expect(count("subject IN ('Dns', 'Url', 'Http', 'ModernWebFlow')")).toBe(1)
  expect(count("subject = 'FileBinaryChanges'")).toBe(1)
  expect(count("subject = 'FileDataChanges'")).toBe(0)
  expect(count("subject LIKE 'file%'")).toBe(1)
  expect(count("subject IN ('Registry', 'Thread', 'Image')")).toBe(0)
  expect(count("object = '203.0.113.9'")).toBe(1)
  expect(count("path = '/tmp/x'")).toBe(2)
  expect(count("username = 'ada' AND action = 'signed in'")).toBe(1)
  expect(count("source = '192.0.2.10' AND originalDestination IS NULL")).toBe(1)
})

test('the public query for the tree of a process finds ancestors and children', () => {
  const tree = `WITH RECURSIVE up(sophos_pid, level, parent) AS (
      SELECT sophos_pid, 0 AS level, parent_sophos_pid FROM sophos_process_journal WHERE sophos_pid = '${curl}'
      UNION ALL
      SELECT pj.sophos_pid, up.level - 1 AS level, pj.parent_sophos_pid FROM sophos_process_journal AS pj
      INNER JOIN up ON pj.sophos_pid = up.parent ORDER BY level ASC),
    down(sophos_pid, level, target) AS (
      SELECT pj.sophos_pid, 0 AS level, pa.target_sophos_pid FROM sophos_process_journal AS pj
      LEFT JOIN sophos_process_activity AS pa ON pa.sophos_pid = pj.sophos_pid AND pa.subject = 'Process'
      WHERE pj.sophos_pid = '${shell}'
      UNION ALL
      SELECT pj.sophos_pid, down.level + 1 AS level, pa.target_sophos_pid FROM sophos_process_journal AS pj
      INNER JOIN down ON pj.sophos_pid = down.target
      LEFT JOIN sophos_process_activity AS pa ON pa.sophos_pid = pj.sophos_pid AND pa.subject = 'Process'
      ORDER BY level DESC)
    SELECT DISTINCT sophos_pid, level FROM up UNION SELECT DISTINCT sophos_pid, level FROM down ORDER BY level, 1`
  expect(all(tree)).toEqual(
    [
      { sophos_pid: shell, level: -1 },
      { sophos_pid: shell, level: 0 },
      { sophos_pid: curl, level: 0 },
      { sophos_pid: curl, level: 1 },
      { sophos_pid: dropped, level: 1 },
    ].sort((a, b) => a.level - b.level || (a.sophos_pid < b.sophos_pid ? -1 : 1)),
  )
  expect(codes()).toEqual([])
})

test('without time and process, the last 15 minutes are announced', () => {
  expect(all('SELECT * FROM sophos_process_activity')).toEqual([])
  expect(codes()).toEqual(['window_defaulted'])
})
