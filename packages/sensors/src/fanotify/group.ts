import { closeSync } from 'node:fs'
import { type OpenSource, type SourceContext, SourceUnavailable } from '../source.ts'
import { fanotify, type Way } from './calls.ts'
import { Changes } from './changes.ts'
import { FileSystems } from './file-systems.ts'
import { Folders } from './folders.ts'
import { has, parseEvents } from './parse-events.ts'

const bufferSize = 256 * 1024
/** Reads in one go before others have their turn; about 2,500 events each. */
const readsInARow = 4

/**
 * Makes a group of the first way that the kernel knows, and marks every file system.
 * @throws SourceUnavailable
 */
export function openGroup(context: SourceContext, ways: readonly Way[]): OpenSource {
  const open = new OpenGroup(context, ...makeGroup(ways))
  if (open.watching) return open
  open.close()
  throw new SourceUnavailable(
    'The kernel lets no file system be watched by fanotify; that needs root with CAP_SYS_ADMIN.',
  )
}

function makeGroup(ways: readonly Way[]): [number, Way] {
  let error = 0
  for (const way of ways) {
    const group = fanotify.open(way)
    if (group >= 0) return [group, way]
    error = fanotify.errno()
  }
  throw new SourceUnavailable(
    error === 1
      ? 'Watching every file with fanotify needs root with CAP_SYS_ADMIN.'
      : `This kernel has no fanotify with file names, which Linux has since 5.9 (error ${error}).`,
  )
}

class OpenGroup implements OpenSource {
  readonly fds: readonly number[]
  readonly #group: number
  readonly #buffer = Buffer.alloc(bufferSize)
  readonly #fileSystems: FileSystems
  readonly #folders: Folders
  readonly #changes: Changes
  readonly #catchUp: () => void
  #lost = 0

  constructor(context: SourceContext, group: number, way: Way) {
    this.#catchUp = () => context.catchUp()
    this.#group = group
    this.fds = [group]
    this.#fileSystems = new FileSystems(group, way, context.log)
    this.#folders = new Folders(this.#fileSystems)
    this.#changes = new Changes(context, this.#folders, this.#fileSystems)
    this.#fileSystems.refresh()
  }

  get watching() {
    return this.#fileSystems.count > 0
  }

  drain(): boolean {
    for (let count = 0; count < readsInARow; count += 1) if (!this.#round()) return false
    return true
  }

  tick(now: number) {
    this.#fileSystems.refresh()
    this.#changes.tick(now)
  }

  lost() {
    const file = this.#lost
    this.#lost = 0
    return file > 0 ? { file } : {}
  }

  close() {
    closeSync(this.#group)
  }

  /** Reads once; false when nothing was there. */
  #round(): boolean {
    const length = fanotify.read(this.#group, this.#buffer)
    if (length === 0) return false
    const events = parseEvents(this.#buffer, length)
    const at = Date.now()
    this.#catchUp()
    try {
      this.#folders.begin(events)
      for (const event of events) {
        if (has(event, 'overflow')) this.#lost += 1
        else this.#changes.handle(event, at)
      }
    } finally {
      this.#folders.end()
      this.#fileSystems.release()
    }
    return true
  }
}
