import { execFile } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { SensorEvent, SensorStatus } from '@quarry/schema/events'
import { expect, test } from 'vitest'
import { watch } from './testing/watch.ts'

const isRoot = process.getuid?.() === 0

test.skipIf(!isRoot)(
  'watches what it may without root, and names what each better source needs',
  async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'quarry-nobody-'))
    chownSync(stateDir, 65534, 65534)
    const program = join(import.meta.dirname, 'testing/watch-as-nobody.ts')
    const { stdout } = await promisify(execFile)(process.execPath, [program, stateDir])
    rmSync(stateDir, { recursive: true, force: true })
    const { status, own } = JSON.parse(stdout) as {
      status: SensorStatus[]
      own: SensorEvent & { type: 'exec' }
    }
    const processes = status.find(({ layer }) => layer === 'process')
    // Newer kernels let everybody listen to the process connector.
    expect(['proc_connector', 'proc_poll']).toContain(processes?.source)
    expect(processes?.limits.join(' ')).toMatch(/does not run as root/)
    expect(processes?.reasons.length).toBeGreaterThanOrEqual(2)
    expect(processes?.reasons.join(' ')).toMatch(/CAP_AUDIT_CONTROL/)
    expect(status.find(({ layer }) => layer === 'network')).toMatchObject({ source: 'inet_diag' })
    expect(own).toMatchObject({ found: true, uid: 65534, path: process.execPath })
  },
)

test('leaves out the doings of the agent itself', async () => {
  await using watched = await watch(['proc_poll'], { isOwn: (pid) => pid === process.pid })
  await watched.first('exec', ({ process: { pid } }) => pid === process.ppid)
  expect(watched.events.filter((event) => event.process?.pid === process.pid)).toEqual([])
})
