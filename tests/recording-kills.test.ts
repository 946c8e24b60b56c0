import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AuditControl } from '../packages/sensors/src/audit/control.ts'
import { restoreAudit } from '../packages/sensors/src/audit/put-back.ts'
import { lockAudit } from '../packages/sensors/src/testing/audit-lock.ts'
import { type RecordingDevice, startRecordingDevice } from './recording-device.ts'

const why = process.getuid?.() === 0 ? undefined : 'needs root'

/** What the kernel's audit is set to, without what only counts. */
function stateOfAudit() {
  const control = new AuditControl()
  try {
    const { lost: _, backlog: __, ...status } = control.status() as unknown as Record<string, number>
    return { ...status, rules: control.rules().map((rule) => rule.toString('base64')) }
  } finally {
    control.close()
  }
}

/** Starts programs one after the other; resolves to when each was started, in milliseconds since 1970. */
function startLoad(mark: string, count: number) {
  const script = `for ((i = 0; i < ${count}; i++)); do echo \${EPOCHREALTIME/[.,]/}; /bin/true --mark=${mark}.$i; done`
  const child = spawn('/bin/bash', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  return once(child, 'close').then(() =>
    text
      .trim()
      .split('\n')
      .map((micros) => Number(micros) / 1000),
  )
}

describe.skipIf(why)(`a recorder that is killed${why ? ` (skipped: ${why})` : ''}`, () => {
  let device: RecordingDevice
  let audit: Disposable
  let before: ReturnType<typeof stateOfAudit>
  beforeAll(async () => {
    audit = await lockAudit()
    before = stateOfAudit()
    device = await startRecordingDevice(['audit', 'fanotify'])
  })
  afterAll(async () => {
    if (device) {
      await device.quarry.agents[0]!.stop('SIGKILL')
      // Also when a test has failed in between.
      restoreAudit('', join(device.quarry.folder, 'agent-0/sensors'))
    }
    await device?.[Symbol.asyncDispose]()
    audit?.[Symbol.dispose]()
  })

  function recorder(): number {
    const agent = device.quarry.agents[0]!.pid
    const children = readFileSync(`/proc/${agent}/task/${agent}/children`, 'utf8').split(' ').filter(Boolean)
    const found = children.find((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('recorder/main.ts'),
    )
    return Number(found)
  }
  const starts = (
    mark: string,
  ) => `SELECT CAST(regex_match(cmd_line, '${mark}\\.(\\d+)$', 1) AS INTEGER) AS i,
    count(*) AS n, count(sha256) AS hashes FROM sophos_process_journal
    WHERE time > 0 AND event_type = 0 AND process_name = 'true' AND cmd_line LIKE '%--mark=${mark}.%' GROUP BY i ORDER BY i`

  /**
   * What happened until a moment before the kill is there, once. The store loses 200 ms at most; a busy machine hands the events over later
   * than they happen.
   */
  const moment = 250 + 400 * Math.min(3, loadavg()[0]! / cpus().length)

  function check(rows: readonly Record<string, unknown>[], times: readonly number[], killed: number) {
    const seen = new Set(rows.map(({ i }) => i))
    const due = times.flatMap((time, i) => (time < killed - moment ? [i] : []))
    expect(due.length).toBeGreaterThan(10)
    expect(due.filter((i) => !seen.has(i))).toEqual([])
    expect(rows.filter(({ n }) => n !== 1)).toEqual([])
  }
  const endless = { timeout: 60_000 }

  test('kill -9 of the recorder loses the last moment only, and it is told', endless, async () => {
    const load = startLoad('one', 400)
    await sleep(500 + moment)
    const killed = Date.now()
    process.kill(recorder(), 'SIGKILL')
    const times = await load
    await device.begun(killed)
    const rows = await device.rows(starts('one'))
    check(rows, times, killed)
    const begin = await device.row(
      `SELECT json_extract(data, '$.interrupted_since') AS since FROM sophos_system_journal
        WHERE time > 0 AND event_type = 'recording_started' AND since IS NOT NULL`,
    )
    expect(Math.abs(Number(begin.since) - killed / 1000)).toBeLessThan(3)

    const again = await startLoad('again', 20)
    expect(await device.rows(starts('again'), again.length)).toHaveLength(20)
    expect(await device.told(({ state }) => state === 'recording')).toMatchObject({ state: 'recording' })
  })

  test(
    'kill -9 of agent and recorder under load: what the host was changed is put back by the next start',
    endless,
    async () => {
      expect(stateOfAudit().rules).not.toEqual(before.rules)
      const load = startLoad('two', 400)
      await sleep(500 + moment)
      const killed = Date.now()
      const pid = recorder()
      process.kill(device.quarry.agents[0]!.pid, 'SIGKILL')
      process.kill(pid, 'SIGKILL')
      const times = await load
      await device.restart(['proc_connector'])
      expect(stateOfAudit()).toEqual(before)
      check(await device.rows(starts('two')), times, killed)
      const journals = await device.rows(
        'SELECT * FROM quarry_journals WHERE lost_events > 0 OR events < 0',
        0,
      )
      expect(journals).toEqual([])
    },
  )
})
