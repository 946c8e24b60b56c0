import { closeSync, readlinkSync } from 'node:fs'
import { BoundedMap } from '../bounded-map.ts'
import { join } from './byte-path.ts'
import { fanotify } from './calls.ts'
import type { FileSystems } from './file-systems.ts'
import { type FileEvent, fsidOf, handleOf, has, type Place, type Target } from './parse-events.ts'

const mostFolders = 8192

/** Finds the path of a folder from its handle, and keeps it. Paths are byte strings. */
export class Folders {
  readonly #fileSystems: FileSystems
  readonly #paths = new BoundedMap<string, string>(mostFolders)
  /** Folders that were removed while events in them were still to be read. */
  #removed = new Map<string, string>()

  constructor(fileSystems: FileSystems) {
    this.#fileSystems = fileSystems
  }

  /**
   * Looks ahead in a round of events: `rm -r` removes a folder before the events in it are read, when its handle leads nowhere any
   * more, but the event of its own removal names it. Later ones first, as they hold the folders of earlier ones.
   */
  begin(events: readonly FileEvent[]) {
    for (let index = events.length - 1; index >= 0; index -= 1) {
      const event = events[index]!
      if (!event.target || !event.place || !has(event, 'directory') || !has(event, 'deleted')) continue
      if (this.#paths.get(event.target) !== undefined) continue
      const path = this.pathOf(event.place)
      if (path !== undefined) this.#removed.set(event.target, path)
    }
  }

  end() {
    if (this.#removed.size > 0) this.#removed = new Map()
  }

  pathOf(place: Place): string | undefined {
    const folder = this.folder(place.folder)
    return folder === undefined ? undefined : join(folder, place.name)
  }

  folder(target: Target): string | undefined {
    const known = this.#paths.get(target) ?? this.#removed.get(target)
    if (known !== undefined) return known
    const path = this.look(target)
    if (path !== undefined) this.#paths.set(target, path)
    return path
  }

  /** Asks the kernel where a file or folder is by now. */
  look(target: Target): string | undefined {
    const mount = this.#fileSystems.descriptor(fsidOf(target))
    if (mount === undefined) return undefined
    const fd = fanotify.openHandle(mount, handleOf(target))
    if (fd < 0) return undefined
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`, 'buffer').toString('latin1')
      return path.endsWith(' (deleted)') ? undefined : path
    } finally {
      closeSync(fd)
    }
  }

  made(target: Target, path: string) {
    this.#paths.set(target, path)
  }

  gone(target: Target) {
    this.#paths.delete(target)
  }

  /** A folder has another name: so has everything below it. */
  moved(from: string, to: string) {
    const below = `${from}/`
    for (const [key, path] of [...this.#paths.entries()]) {
      if (path === from) this.#paths.set(key, to)
      else if (path.startsWith(below)) this.#paths.set(key, to + path.slice(from.length))
    }
  }
}
