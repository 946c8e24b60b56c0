import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcessRef } from '@quarry/schema/events'
import type { AuditSettings } from './status.ts'

/** What was changed in the kernel's audit, and what it was before. */
export interface KeptState {
  bootId: string
  /** The process that changed it. */
  holder: ProcessRef
  before: AuditSettings
  after: AuditSettings
  /** Rules that were added, in base64. */
  rules: string[]
}

const fileOf = (stateDir: string) => join(stateDir, 'audit.json')

/** Writes down what is about to be changed, on the disk before it returns. */
export function keepState(stateDir: string, state: KeptState): void {
  const draft = `${fileOf(stateDir)}.new`
  const fd = openSync(draft, 'w', 0o600)
  try {
    writeSync(fd, `${JSON.stringify(state, undefined, 2)}\n`)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(draft, fileOf(stateDir))
}

/** What an earlier process changed; undefined when it has put it back. */
export function readState(stateDir: string): KeptState | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(stateDir), 'utf8')) as KeptState
  } catch {
    return undefined
  }
}

export function dropState(stateDir: string): void {
  rmSync(fileOf(stateDir), { force: true })
}
