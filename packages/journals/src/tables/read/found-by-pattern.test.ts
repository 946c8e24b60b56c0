import files from '@quarry/schema/journals/sophos_file_journal'
import ip from '@quarry/schema/journals/sophos_ip_journal'
import network from '@quarry/schema/journals/sophos_network_journal'
import processes from '@quarry/schema/journals/sophos_process_journal'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openJournals } from '../testing/open-journals.ts'

const now = Date.now()
const paths = ['/usr/bin/bash', '/usr/sbin/sshd', '/opt/a b/run', null]
const addresses = ['192.0.2.1', '203.0.113.9', '2001:db8::7', null]
const states = ['open', 'closed'] as const
const opened = new Map<string, Awaited<ReturnType<typeof openJournals>>>()

beforeAll(async () => {
  for (const state of states) {
    const journals = await openJournals({ period: { events: state === 'open' ? 10_000 : 96 } })
    for (let index = 0; index < 24; index++) {
      const time = now - 1000 + index
      const sophos_pid = `${100 + (index % 5)}:134000000000000000`
      const path = paths[index % 4]!
      const ends = {
        sophos_pid,
        source: addresses[index % 4]!,
        destination: addresses[(index >> 2) % 4]!,
        direction: index % 2 === 0 ? 'inbound' : 'outbound',
      }
      const cmd_line = path && `${path} --number ${index}`
      journals.writer.append(processes, time, {
        event_type: index % 3 === 0 ? 1 : 0,
        sophos_pid,
        path,
        cmd_line,
      })
      const event_type = index % 6
      journals.writer.append(files, time, {
        event_type,
        sophos_pid,
        path,
        target_path: paths[(index >> 2) % 4]!,
      })
      journals.writer.append(ip, time, ends)
      journals.writer.append(network, time, ends)
    }
    journals.writer.flush()
    while (journals.writer.maintain());
    opened.set(state, journals)
  }
})
afterAll(() => {
  for (const journals of opened.values()) journals[Symbol.dispose]()
})

describe.each(states)('in a period that is %s the same is found as without help', (state) => {
  test.each([
    ['process_events', 'path', "LIKE '/usr/%'"],
    ['process_events', 'path', "= '/opt/a b/run'"],
    ['process_events', 'cmdline', "GLOB '*sshd --number 1*'"],
    ['file_events', 'target_path', "LIKE '%BASH'"],
    ['file_events', 'target_path', "IN ('/usr/bin/bash', '/opt/a b/run')"],
    ['process_file_events', 'path', "LIKE '/usr/%'"],
    ['process_file_events', 'dest_path', "= '/usr/sbin/sshd'"],
    ['socket_events', 'remote_address', "= '203.0.113.9'"],
    ['socket_events', 'remote_address', "LIKE '2001:%'"],
    ['socket_events', 'local_address', "GLOB '192.*'"],
    ['sophos_process_activity', 'path', "LIKE '/usr/%'"],
    ['sophos_process_activity', 'object', "GLOB '*.113.9'"],
    ['sophos_process_activity', 'target_path', "LIKE '%/sshd'"],
  ])('%s: %s %s', (table, column, condition) => {
    const rows = (what: string) =>
      opened.get(state)!.all(`SELECT * FROM ${table} WHERE time > 0 AND ${what} ${condition}`)
    const found = rows(column)
    expect(found.length).toBeGreaterThan(0)
    expect(found).toEqual(rows(`(${column} || substr(time, 1, 0))`))
  })

  test('no address of another side is found where there is none', () => {
    const sql = "SELECT * FROM sophos_process_activity WHERE time > 0 AND url LIKE '%'"
    expect(opened.get(state)!.all(sql)).toEqual([])
  })
})
