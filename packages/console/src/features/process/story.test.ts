import { expect, test } from 'vitest'
import { readStory } from './story.ts'

// 2026-11-24 09:00:00 UTC in FILETIME ticks.
const start = Date.UTC(2026, 10, 24, 9)
const pid = `42:${(BigInt(start) + 11_644_473_600_000n) * 10_000n}`

test('one process is made of its start, its later programs and its end', () => {
  const common = { sophos_pid: pid, parent_sophos_pid: '1:5', username: 'ann', epName: 'x' }
  const { nodes } = readStory([
    {
      row_type: 'started',
      ...common,
      time_ms: start,
      process_name: 'sh',
      path: '/bin/sh',
      cmd_line: 'sh -c ls',
    },
    {
      row_type: 'started',
      ...common,
      time_ms: start + 5,
      process_name: 'ls',
      path: '/bin/ls',
      cmd_line: 'ls',
      sha256: 'ab',
    },
    { row_type: 'ended', ...common, time_ms: start + 9, process_name: 'ls', cmd_line: '', exit_code: 2 },
  ])
  expect(nodes).toEqual([
    {
      sophosPid: pid,
      parent: '1:5',
      name: 'ls',
      path: '/bin/ls',
      cmdLine: 'ls',
      username: 'ann',
      sha256: 'ab',
      start,
      end: start + 9,
      exitCode: 2,
    },
  ])
})

test('a process that was found running started when its sophos_pid says', () => {
  const found = { row_type: 'started', sophos_pid: pid, process_name: 'sshd' }
  expect(readStory([{ ...found, time_ms: start + 3_600_000 }]).nodes[0]!.start).toBe(start)
  expect(readStory([{ ...found, time_ms: start + 7 }]).nodes[0]!.start).toBe(start + 7)
})

test('activities are told by kind and in the order of time', () => {
  const row = (time_ms: number, subject: string, object: string) => ({
    row_type: 'activity',
    sophos_pid: pid,
    time_ms,
    subject,
    action: 'did',
    object,
  })
  const { activities } = readStory([
    row(3, 'FileBinaryChanges', '/tmp/x'),
    row(1, 'Dns', 'example.com'),
    row(2, 'Ip', '203.0.113.9'),
    row(4, 'System', 'module'),
  ])
  expect(activities.map(({ at, kind, object }) => [at, kind, object])).toEqual([
    [1, 'dns', 'example.com'],
    [2, 'network', '203.0.113.9'],
    [3, 'file', '/tmp/x'],
    [4, 'system', 'module'],
  ])
})
