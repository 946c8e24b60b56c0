import { execFile, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { SensorEvent, SensorStatus } from '@quarry/schema/events'
import { expect, test } from 'vitest'
import { eventually, watch } from './testing/watch.ts'

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

const sees = isRoot ? await whatIsSeen() : 'needs root'

/** Why files or processes are not seen as they happen; undefined when they are. */
async function whatIsSeen() {
  await using watched = await watch(['bpf', 'proc_connector', 'fanotify'])
  const status = watched.sensors.status().filter(({ layer }) => layer === 'process' || layer === 'file')
  return status.find(({ source }) => source === undefined)?.reasons.join(' ')
}

test.skipIf(sees).each(['bpf', 'proc_connector'])(
  `knows who removed a file, although he is gone at once and much else happens, by %s${sees ? ` (skipped: ${sees})` : ''}`,
  async (source) => {
    await using watched = await watch([source, 'fanotify'])
    const folder = mkdtempSync(join(tmpdir(), 'quarry-removed-'))
    const busy = spawn('/bin/sh', ['-c', 'while :; do /bin/true; done'])
    const files = 300
    try {
      const script = `i=0; while [ $i -lt ${files} ]; do : > f$i; /bin/rm f$i; i=$((i+1)); done`
      await promisify(execFile)('/bin/sh', ['-c', script], { cwd: folder })
      const removed = () =>
        watched.events.filter(
          (event) => event.type === 'file' && event.action === 'deleted' && event.path.startsWith(folder),
        )
      await eventually(() => removed().length === files, `${files} removals`)
      expect(removed().filter(({ process }) => process === undefined)).toEqual([])
    } finally {
      busy.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
