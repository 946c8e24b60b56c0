import { type Dirent, lstatSync, readdirSync } from 'node:fs'
import { join, toBytePath, toFsPath } from '../fanotify/byte-path.ts'
import { inotify } from './calls.ts'

/** A folder that is watched. */
export interface Watched {
  /** Byte string. */
  path: string
  device: number
  /** Steps below it that are watched as well. */
  depth: number
}

/** The folders that are watched, up to a number: the kernel's memory for them is everybody's. */
export class Watches {
  readonly #fd: number
  readonly #most: number
  readonly #left: string
  readonly #byNumber = new Map<number, Watched>()
  /** Folders that found no place, or were refused. */
  left = 0

  /** @param leftOut byte path of a folder that is not watched, nor what is below it */
  constructor(fd: number, most: number, leftOut: string) {
    this.#fd = fd
    this.#most = most
    this.#left = leftOut
  }

  get count() {
    return this.#byNumber.size
  }

  of(number: number): Watched | undefined {
    return this.#byNumber.get(number)
  }

  forget(number: number) {
    this.#byNumber.delete(number)
  }

  /** Watches a place of the list and what is below it. @param pattern text path, in which `*` is any folder */
  addPlace(root: string, pattern: string, depth: number) {
    let folders = [toBytePath(root) || '/']
    for (const part of pattern.split('/').filter(Boolean)) {
      folders = folders.flatMap((folder) =>
        part === '*' ? foldersIn(folder).map((name) => join(folder, name)) : [join(folder, part)],
      )
    }
    for (const folder of folders) this.add(folder, depth)
  }

  /** Watches a folder and those below it, the nearest first. Returns the folders that are watched since. */
  add(path: string, depth: number): string[] {
    const added: string[] = []
    let level = [path]
    for (let left = depth; left >= 0 && level.length > 0; left--) {
      for (const folder of level) if (this.#addOne(folder, left)) added.push(folder)
      level = left === 0 ? [] : level.flatMap((folder) => foldersIn(folder).map((name) => join(folder, name)))
    }
    return added
  }

  /** A folder has another name by now, and so has all below it. */
  moved(from: string, to: string) {
    for (const watched of this.#byNumber.values()) {
      if (watched.path === from) watched.path = to
      else if (watched.path.startsWith(`${from}/`)) watched.path = to + watched.path.slice(from.length)
    }
  }

  #addOne(path: string, depth: number): boolean {
    if (path === this.#left || path.startsWith(`${this.#left}/`)) return false
    const stat = statOf(path)
    if (!stat) return false
    if (this.count >= this.#most) {
      this.left++
      return false
    }
    const number = inotify.watch(this.#fd, path)
    if (number < 0) {
      this.left++
      return false
    }
    const known = this.#byNumber.get(number)
    this.#byNumber.set(number, { path, device: stat.dev, depth: Math.max(depth, known?.depth ?? 0) })
    return known === undefined
  }
}

function statOf(path: string) {
  try {
    const stat = lstatSync(toFsPath(path), { throwIfNoEntry: false })
    return stat?.isDirectory() ? stat : undefined
  } catch {
    return undefined
  }
}

/** Names of the folders in a folder, as byte strings; none when it cannot be read. */
function foldersIn(path: string): string[] {
  return entriesOf(path)
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name.toString('latin1'))
}

/** What is in a folder; nothing when it cannot be read. */
export function entriesOf(path: string): Dirent<Buffer>[] {
  try {
    return readdirSync(toFsPath(path), { withFileTypes: true, encoding: 'buffer' })
  } catch {
    return []
  }
}
