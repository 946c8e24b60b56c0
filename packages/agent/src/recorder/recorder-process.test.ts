import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openJournalReader } from '@quarry/journals/store'
import processJournal from '@quarry/schema/journals/sophos_process_journal'
import systemJournal from '@quarry/schema/journals/sophos_system_journal'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { tempFolder } from '../testing/temp-folder.ts'
import { openRecorderProcess } from './recorder-process.ts'

/** A real recorder, whose agent is the process of this test: what the test starts is the agent's own. */
function setUp(journals = 'journals') {
  const folder = tempFolder()
  const logged: string[] = []
  const log = (first: unknown, second?: string) => void logged.push(String(second ?? first))
  const recorder = openRecorderProcess({
    journals: join(folder, journals),
    state: join(folder, 'state'),
    cache: folder,
    anchor: folder,
    eventsPerSecond: 1000,
    only: ['proc_connector', 'proc_poll'],
    log: { debug: log, info: log, warn: log, error: log },
  })
  onTestFinished(() => recorder.close())
  const recording = () => eventually(() => recorder.recording().state === 'recording')
  const read = (subject: string, columns: string[]) => {
    const reader = openJournalReader(join(folder, 'journals'))
    try {
      return [...reader.scan(subject, { columns })].map(({ row }) => row)
    } finally {
      reader.close()
    }
  }
  return { folder, recorder, logged, recording, read }
}

test('what the agent starts is left out, but for what it marks, with all that this starts in turn', async () => {
  const { recorder, recording, read } = setUp()
  await recording()
  const script = 'sleep 1.6 & wait; exit 0'
  const own = spawn('/bin/sh', ['-c', script, 'own'])
  const marked = spawn('/bin/sh', ['-c', script, 'marked'])
  recorder.markOrigin(marked.pid!, 'live_response')
  await Promise.all([once(own, 'exit'), once(marked, 'exit')])
  const rows = await eventually(() => {
    const found = read(processJournal.subject, ['event_type', 'origin', 'process_name', 'cmd_line']).filter(
      ({ origin, event_type }) => origin === 'live_response' && event_type === 0,
    )
    return found.length >= 2 ? found : undefined
  })
  expect(rows.map(({ cmd_line }) => cmd_line).sort()).toEqual([`/bin/sh -c ${script} marked`, 'sleep 1.6'])
  const all = read(processJournal.subject, ['cmd_line'])
  expect(all.filter(({ cmd_line }) => String(cmd_line).endsWith(' own'))).toEqual([])
})

test('one that is killed is started again, says so, and takes up where it was; closing ends it', async () => {
  const { folder, recorder, recording, logged, read } = setUp()
  const told: string[] = []
  recorder.onChange(() => told.push(recorder.recording().state))
  await recording()
  const [first] = recorder.pids()
  process.kill(first!, 'SIGKILL')
  await eventually(() => recorder.recording().state === 'stopped')
  expect(recorder.recording().reason).toMatch(
    /^The recorder was ended by SIGKILL\. It is started again in 0\.\d s\.$/,
  )
  expect(recorder.recording().journals.length).toBeGreaterThan(10)
  await recording()
  expect(recorder.pids()).not.toEqual([first])
  expect(told.slice(-3)).toEqual(['recording', 'stopped', 'recording'])
  expect(logged.join('\n')).toContain('The recorder was ended by SIGKILL.')
  await recorder.close()
  expect(recorder.pids()).toEqual([])
  expect(existsSync(join(folder, 'state', 'drafts.ndjson'))).toBe(false)
  const types = read(systemJournal.subject, ['event_type']).map(({ event_type }) => event_type)
  expect(types).toEqual(['recording_started', 'recording_started', 'recording_ended'])
})

test('one that cannot begin is tried again ever more seldom, and its reason is told', async () => {
  const { folder, recorder, logged } = setUp('taken/journals')
  writeFileSync(join(folder, 'taken'), 'a file where the folder should be')
  const waits = await eventually(() => {
    const found = logged.flatMap((line) => /started again in ([\d.]+) s/.exec(line)?.[1] ?? [])
    return found.length >= 3 ? found.map(Number) : undefined
  }, 25)
  // Half of each wait is random: 0.5 s, then half as much again.
  for (const [index, most] of [0.5, 0.75, 1.125].entries()) {
    expect(waits[index]).toBeLessThanOrEqual(most + 0.05)
    expect(waits[index]).toBeGreaterThanOrEqual(most / 2 - 0.05)
  }
  expect(recorder.recording()).toMatchObject({ state: 'stopped', sensors: [] })
  expect(recorder.recording().reason).toMatch(/^The journals cannot be written: .+ It is started again in/)
})
