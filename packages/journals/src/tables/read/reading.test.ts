import dnsJournal from '@quarry/schema/journals/sophos_dns_journal'
import networkJournal from '@quarry/schema/journals/sophos_network_journal'
import processJournal from '@quarry/schema/journals/sophos_process_journal'
import winsecJournal from '@quarry/schema/journals/sophos_winsec_journal'
import { afterAll, describe, expect, test } from 'vitest'
import { openJournals } from '../testing/open-journals.ts'

const now = Math.floor(Date.now() / 1000)
const hour = 3600
/** Ticks of a start at a time in unix seconds. */
const id = (pid: number, start: number) => `${pid}:${(BigInt(start) + 11_644_473_600n) * 10_000_000n}`
const shell = id(100, now - 5 * hour)
const curl = id(101, now - 4 * hour)
const late = id(102, now - 60)

const opened = await openJournals()
afterAll(() => opened[Symbol.dispose]())
const { writer, all, codes, engine } = opened
const at = (seconds: number, millis = 0) => seconds * 1000 + millis

writer.append(processJournal, at(now - 5 * hour), {
  event_type: 0,
  sophos_pid: shell,
  parent_sophos_pid: id(1, now - 900_000),
  process_name: 'bash',
  path: '/usr/bin/bash',
  cmd_line: 'bash -i',
  uid: 0,
  username: 'root',
})
writer.append(processJournal, at(now - 4 * hour, 250), {
  event_type: 0,
  sophos_pid: curl,
  parent_sophos_pid: shell,
  process_name: 'curl',
  path: '/usr/bin/curl',
  cmd_line: 'curl http://203.0.113.9/x',
  uid: 1000,
  username: 'ada',
  sha256: 'ab'.repeat(32),
})
writer.append(networkJournal, at(now - 4 * hour + 2), {
  sophos_pid: curl,
  source: '192.0.2.10',
  source_port: 40000,
  destination: '203.0.113.9',
  destination_port: 80,
  protocol: 6,
  direction: 'outbound',
  data_sent: 100,
  data_recv: 2 ** 40,
})
writer.append(processJournal, at(now - 4 * hour + 3), {
  event_type: 1,
  sophos_pid: curl,
  parent_sophos_pid: shell,
  process_name: 'curl',
  path: '/usr/bin/curl',
  exit_code: 7,
})
writer.append(dnsJournal, at(now - 30), {
  sophos_pid: late,
  name: 'example.com',
  type: 'A',
  answers: '192.0.2.1',
})
writer.append(processJournal, at(now - 60), {
  event_type: 0,
  sophos_pid: late,
  parent_sophos_pid: shell,
  process_name: 'dig',
  path: '/usr/bin/dig',
  cmd_line: 'dig example.com',
})
writer.append(winsecJournal, at(now - 7200), { event_type: 4625, username: 'root', source: '198.51.100.7' })

const names = (sql: string) => all(sql).map((row) => row.process_name)

describe('the time', () => {
  test('without a word on it: the last 15 minutes, and the result says so', () => {
    expect(names('SELECT process_name FROM sophos_process_journal')).toEqual(['dig'])
    expect(engine.lastWarnings).toEqual([
      {
        code: 'window_defaulted',
        message:
          'Nothing is said about the time of sophos_process_journal, so only its last 15 minutes were searched; `time > 0` searches all.',
      },
    ])
  })

  test.each([
    ['time > 0', ['bash', 'curl', 'curl', 'dig']],
    [`time > ${now - 4 * hour}`, ['curl', 'dig']],
    [`time >= ${now - 4 * hour}`, ['curl', 'curl', 'dig']],
    [`time < ${now - 4 * hour}`, ['bash']],
    [`time <= ${now - 4 * hour}`, ['bash', 'curl']],
    [`time = ${now - 4 * hour}`, ['curl']],
    [`time IN (${now - 4 * hour}, ${now - 60})`, ['curl', 'dig']],
    [`time BETWEEN ${now - 4 * hour} AND ${now - 4 * hour + 0.5}`, ['curl']],
    [
      "time > strftime('%s', 'now', '-7 days') AND time < strftime('%s', 'now', '-2 hours')",
      ['bash', 'curl', 'curl'],
    ],
    [`time_ms = ${now - 4 * hour}250`, ['curl']],
    ["time > 'abc'", []],
    ['time > (SELECT unix_time - 3600 FROM time)', ['dig']],
    [
      `time BETWEEN ${now - 4 * hour} AND ${now} AND (path = '/usr/bin/dig' OR username = 'ada')`,
      ['curl', 'dig'],
    ],
    [`sophos_pid = '${shell}'`, ['bash']],
    [`sophos_pid IN ('${shell}', '${late}')`, ['bash', 'dig']],
  ])('%s', (where, found) => {
    expect(names(`SELECT process_name FROM sophos_process_journal WHERE ${where} ORDER BY time_ms`)).toEqual(
      found,
    )
    expect(codes()).toEqual([])
  })

  test('a join by sophos_pid searches everything, and needs no time', () => {
    const sql = `SELECT n.destination, p.cmd_line FROM sophos_network_journal n
      JOIN sophos_process_journal p ON p.sophos_pid = n.sophos_pid WHERE n.time > 0 AND p.event_type = 0`
    expect(all(sql)).toEqual([{ destination: '203.0.113.9', cmd_line: 'curl http://203.0.113.9/x' }])
    expect(codes()).toEqual([])
  })

  test('on the right of a LEFT JOIN it may be said in WHERE', () => {
    const sql = `SELECT p.process_name FROM (SELECT '/usr/bin/bash' AS path) f
      LEFT JOIN sophos_process_journal p ON p.path = f.path WHERE p.time > 0`
    expect(names(sql)).toEqual(['bash'])
    expect(codes()).toEqual([])
  })

  test('sliced as public queries do it, each slice sees its own part', () => {
    const sql = `WITH RECURSIVE for(x) AS (
        VALUES (CAST(${now - 6 * hour} AS INT)) UNION ALL SELECT x + 1200 FROM for WHERE x < ${now})
      SELECT spj.process_name, count(*) AS n FROM for
      LEFT JOIN sophos_process_journal spj ON spj.time >= for.x AND spj.time < for.x + 1200
      WHERE spj.event_type = 0 GROUP BY 1 ORDER BY 1`
    expect(all(sql)).toEqual([
      { process_name: 'bash', n: 1 },
      { process_name: 'curl', n: 1 },
      { process_name: 'dig', n: 1 },
    ])
    expect(codes()).toEqual([])
  })
})

test('old names are the same columns', () => {
  expect(
    all(`SELECT sophosPID, processName, pathname, cmdLine, parentSophosPID, eventType FROM sophos_process_journal
         WHERE sophosPID = '${curl}' AND eventType = 0`),
  ).toEqual([
    {
      sophosPID: curl,
      processName: 'curl',
      pathname: '/usr/bin/curl',
      cmdLine: 'curl http://203.0.113.9/x',
      parentSophosPID: shell,
      eventType: 0,
    },
  ])
  expect(all(`SELECT dataSent, destinationPort FROM sophos_network_journal WHERE time > 0`)).toEqual([
    { dataSent: 100, destinationPort: 80 },
  ])
})

test('what is worked out: pid, start, sid, end and exit code', () => {
  expect(
    all(`SELECT pid, process_start_time, parent_pid, parent_process_start_time, sid, end_time, exit_code, event_type
         FROM sophos_process_journal WHERE time > 0 AND process_name IN ('curl', 'dig') ORDER BY time_ms`),
  ).toEqual([
    {
      pid: 101,
      process_start_time: now - 4 * hour,
      parent_pid: 100,
      parent_process_start_time: now - 5 * hour,
      sid: '1000',
      end_time: now - 4 * hour + 3,
      exit_code: 7,
      event_type: 0,
    },
    expect.objectContaining({ sid: null, end_time: now - 4 * hour + 3, exit_code: 7, event_type: 1 }),
    expect.objectContaining({ pid: 102, end_time: 0, exit_code: null, event_type: 0 }),
  ])
})

test('a damaged sophos_pid finds nothing, a number beyond 2^32 stays whole', () => {
  expect(all("SELECT * FROM sophos_process_journal WHERE sophos_pid = 'nonsense'")).toEqual([])
  expect(all('SELECT data_recv FROM sophos_network_journal WHERE time > 0')).toEqual([{ data_recv: 2 ** 40 }])
})

test('an index that is a number finds its rows', () => {
  expect(
    all('SELECT username, source FROM sophos_winsec_journal WHERE event_id = 4625 AND time > 0'),
  ).toEqual([{ username: 'root', source: '198.51.100.7' }])
})
