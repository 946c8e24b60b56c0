import { execFile } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { days } from './generate.ts'

const CHILD = fileURLToPath(new URL('./rate-child.ts', import.meta.url))
/** Events that the writer takes before the time is measured. */
const BEFORE = 33_000

/** What a writer process costs at a rate: its CPU time and the most memory, its own runtime and the reading of its input included. */
export async function measureRate(
  scratch: string,
  rate: number,
  seconds: number,
): Promise<{ cpuPercent: number; rssMiB: number; written: number }> {
  const file = join(scratch, `events-${rate}.ndjson`)
  const fd = openSync(file, 'w')
  let left = BEFORE + rate * seconds
  for (const events of days(90, 25_000, 7)) {
    const some = events.slice(0, left)
    writeSync(
      fd,
      some.map(({ journal, time, row }) => `${JSON.stringify([journal.subject, time, row])}\n`).join(''),
    )
    left -= some.length
    if (left === 0) break
  }
  closeSync(fd)
  const folder = join(scratch, `rate-${rate}`)
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--max-old-space-size=192',
    '--no-warnings',
    CHILD,
    folder,
    file,
    String(rate),
    String(seconds),
  ])
  return JSON.parse(stdout)
}
