import { execFile } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { days } from './generate.ts'

const CHILD = fileURLToPath(new URL('./rate-child.ts', import.meta.url))
/** As the agent starts its recorder. */
const FLAGS = ['--max-old-space-size=192', '--max-semi-space-size=2', '--no-warnings']
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
  // As for the recorder, code that was compiled is kept: the first start makes it.
  const options = { env: { ...process.env, NODE_COMPILE_CACHE: join(scratch, 'code') } }
  const start = (...args: string[]) =>
    promisify(execFile)(process.execPath, [...FLAGS, CHILD, ...args], options)
  await start()
  const { stdout } = await start(folder, file, String(rate), String(seconds))
  return JSON.parse(stdout)
}
