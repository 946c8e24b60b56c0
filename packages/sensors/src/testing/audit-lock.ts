import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readStat } from '../proc/process-stat.ts'

const file = join(tmpdir(), 'quarry-audit-test.lock')

/** The kernel's audit has one receiver: tests that hold it take turns, in whatever process they run. Released with `using`. */
export async function lockAudit(): Promise<Disposable> {
  while (!take()) await new Promise((resolve) => setTimeout(resolve, 100))
  return { [Symbol.dispose]: () => rmSync(file, { force: true }) }
}

function take(): boolean {
  try {
    const fd = openSync(file, 'wx')
    writeSync(fd, String(process.pid))
    closeSync(fd)
    return true
  } catch {
    // A test that was killed leaves the lock behind.
    const owner = Number(readOwner() || process.pid)
    if (owner !== process.pid && !readStat('', owner)) rmSync(file, { force: true })
    return false
  }
}

function readOwner(): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
