import { Recording } from '@quarry/schema/agent/recording'
import processJournal from '@quarry/schema/journals/sophos_process_journal'
import { expect, test } from 'vitest'
import { describeRecording, noRecording } from './status.ts'

const long = 'x'.repeat(600)

test('says how each layer is watched and what each journal holds, within what the contract takes', () => {
  const state = { subject: 'Process', firstTime: 1_700_000_000_500, lastTime: 1_700_000_001_000 }
  const recording = describeRecording(
    undefined,
    [
      { layer: 'process', source: 'bpf', limits: [], reasons: [], lost: 2 },
      { layer: 'file', limits: Array(30).fill(long), reasons: [long], lost: 0 },
    ],
    [{ ...state, events: 7, bytes: 100, lostEvents: 1 }],
    [processJournal],
  )
  expect(Recording.parse(recording)).toEqual(recording)
  expect(recording).toMatchObject({
    state: 'recording',
    sensors: [{ layer: 'process', source: 'bpf', lost: 2 }, { layer: 'file' }],
    journals: [
      {
        subject: 'Process',
        table: 'sophos_process_journal',
        firstTime: 1_700_000_000.5,
        lastTime: 1_700_000_001,
        events: 7,
        bytes: 100,
        lostEvents: 1,
      },
    ],
  })
  expect(recording.sensors[1]!.source).toBeUndefined()
  expect(recording.sensors[1]!.reasons).toEqual([`${'x'.repeat(499)}…`])
})

test('a disk that takes nothing, and no recorder at all, say why', () => {
  expect(describeRecording('The disk is full.', [], [], [processJournal])).toEqual({
    state: 'stopped',
    reason: 'The disk is full.',
    sensors: [],
    journals: [{ subject: 'Process', table: 'sophos_process_journal', events: 0, bytes: 0, lostEvents: 0 }],
  })
  expect(Recording.parse(noRecording('off', long))).toMatchObject({ state: 'off', sensors: [], journals: [] })
})
