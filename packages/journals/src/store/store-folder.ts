import { readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { eventsName, indexName } from './files.ts'
import { type Manifest, readManifest, writeManifest } from './manifest.ts'
import { OpenPeriod, openPeriodName } from './open-period.ts'
import { rebuildManifest } from './rebuild.ts'

/** A folder and what belongs to it. Its manifest changes in one step only. */
export class StoreFolder {
  readonly path: string
  readonly log: (message: string) => void
  #manifest: Manifest

  /** Opens a folder, or begins one; what does not belong to it is cleared away. */
  constructor(path: string, now: number, log: (message: string) => void) {
    this.path = path
    this.log = log
    this.#manifest = this.#read(now)
    this.#clear()
  }

  get manifest(): Manifest {
    return this.#manifest
  }

  /** Replaces parts of the manifest. Throws, having changed nothing, when the disk does not let it. */
  commit(parts: Partial<Manifest>): void {
    const next = { ...this.#manifest, ...parts }
    writeManifest(this.path, next)
    this.#manifest = next
  }

  /** Bytes on disk. */
  get bytes(): number {
    const { closed, indexes, open } = this.#manifest
    let bytes = 0
    for (const part of [...closed, ...indexes]) bytes += part.bytes
    for (const number of open)
      for (const suffix of ['', '-wal']) bytes += sizeOf(join(this.path, openPeriodName(number) + suffix))
    return bytes
  }

  #read(now: number): Manifest {
    let manifest: Manifest | undefined
    try {
      manifest = readManifest(this.path)
    } catch (error) {
      this.log(`The manifest of the journals is damaged and is made anew: ${(error as Error).message}.`)
    }
    manifest ??= rebuildManifest(this.path, now)
    manifest.open = manifest.open.filter((number) => this.#opens(number, manifest))
    if (manifest.open.length === 0) manifest.open = [this.#nextNumber(manifest)]
    // The file first, as a reader opens what the manifest names.
    const last = manifest.open.at(-1)!
    if (sizeOf(join(this.path, openPeriodName(last))) === 0) new OpenPeriod(this.path, last).close()
    writeManifest(this.path, manifest)
    return manifest
  }

  /** Whether an open period can be read; if not it is set aside. How many events it held nobody knows. */
  #opens(number: number, { losses }: Manifest): boolean {
    const name = openPeriodName(number)
    const path = join(this.path, name)
    if (sizeOf(path) === 0) return false
    try {
      new OpenPeriod(this.path, number).close()
      return true
    } catch (error) {
      for (const suffix of ['', '-wal'])
        if (sizeOf(path + suffix) > 0) renameSync(path + suffix, `${path}${suffix}.damaged`)
      const time = Date.now()
      losses.push({ subject: '*', firstTime: time, lastTime: time, events: 0, reason: 'torn_block' })
      this.log(
        `The file ${name} of the journals is damaged (${(error as Error).message}). It was set aside as ${name}.damaged.`,
      )
      return false
    }
  }

  #nextNumber({ closed }: Manifest): number {
    const open = readdirSync(this.path).flatMap((name) => Number(/^open-(\d+)\.db/.exec(name)?.[1] ?? 0))
    return 1 + Math.max(0, ...closed.map(({ number }) => number), ...open)
  }

  #clear(): void {
    const { closed, indexes, open } = this.#manifest
    const mine = new Set<string>([
      ...closed.map(({ number }) => eventsName(number)),
      ...indexes.map(indexName),
    ])
    for (const number of open)
      for (const suffix of ['', '-wal', '-shm', '-journal']) mine.add(openPeriodName(number) + suffix)
    for (const name of readdirSync(this.path))
      if (OURS.test(name) && !mine.has(name)) rmSync(join(this.path, name), { force: true })
  }
}

/** Names of files that belong to a store, when its manifest says so. */
const OURS = /^(\d+\.events|\d+-\d+\.index|open-\d+\.db(-wal|-shm|-journal)?)$|\.tmp$/

export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
