import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Loss } from './types.ts'

/** What one closed period holds of a subject. */
export interface PeriodSubject {
  events: number
  firstTime: number
  lastTime: number
  firstSequence: number
  lastSequence: number
  bytes: number
}

/** A closed period: an immutable file of blocks. */
export interface ClosedPeriod {
  number: number
  bytes: number
  subjects: Record<string, PeriodSubject>
  /** Where blocks begin that were found damaged: they are not read any more. */
  damaged?: number[]
}

/** Index of the blocks of the closed periods `first` to `last`, both included. */
export interface IndexFile {
  first: number
  last: number
  bytes: number
}

/** What a folder holds. Whatever is not named here is not part of it. */
export interface Manifest {
  version: 1
  epoch: number
  /** Periods that are still SQLite files, oldest first; the last one is written to. */
  open: number[]
  closed: ClosedPeriod[]
  indexes: IndexFile[]
  /** Last sequence given out per subject in periods that are not open any more, also when they are gone. */
  sequences: Record<string, number>
  losses: Loss[]
}

const NAME = 'manifest.json'

/** Reads the manifest; undefined when there is none. Throws when it is damaged. */
export function readManifest(folder: string): Manifest | undefined {
  let text: string
  try {
    text = readFileSync(join(folder, NAME), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  return JSON.parse(text) as Manifest
}

/** Replaces the manifest in one step, which is on disk when this returns. */
export function writeManifest(folder: string, manifest: Manifest): void {
  const temporary = join(folder, `${NAME}.tmp`)
  const fd = openSync(temporary, 'w', 0o600)
  try {
    writeSync(fd, JSON.stringify(manifest))
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(temporary, join(folder, NAME))
  syncFolder(folder)
}

/** Makes renames in a folder last through a power loss. */
export function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
