import { lstatSync, type Stats } from 'node:fs'
import type { Content } from '@quarry/schema/events'
import { BoundedMap } from '../bounded-map.ts'
import { toFsPath } from './byte-path.ts'
import { contentOf } from './content.ts'

const mostFiles = 20_000
/** A clock of the file system may tick so seldom, in milliseconds: two changes within it may leave the same time. */
const coarsest = 50

/** What was seen of a file when it was last looked at. Times are milliseconds since 1970. */
export interface Look {
  seenAt: number
  directory: boolean
  regular: boolean
  device: number
  inode: number
  links: number
  mode: number
  owner: string
  size: number
  birth: number
  accessed: number
  modified: number
  changed: number
  content: Content
  /** Whether this content was told to be the result of a change. */
  told: boolean
}

/** Remembers the files that were looked at last, to tell later what changed and what a removed one was. Paths are byte strings. */
export class KnownFiles {
  readonly #byPath = new BoundedMap<string, Look>(mostFiles)
  readonly #pathOfInode = new BoundedMap<string, string>(mostFiles)

  before(path: string): Look | undefined {
    return this.#byPath.get(path)
  }

  /**
   * Looks at what is at the path now; undefined when there is nothing, or something of another file system.
   * @param device `st_dev` that it must have. @param read whether its first bytes are wanted as well.
   */
  look(path: string, device: number, read: boolean): Look | undefined {
    let stat: Stats | undefined
    try {
      stat = lstatSync(toFsPath(path), { throwIfNoEntry: false })
    } catch {
      // A name too long once its folder was moved deeper, a part that is no folder any more.
    }
    if (!stat || stat.dev !== device) return undefined
    const look = fromStat(stat)
    const before = this.#byPath.get(path)
    if (!look.regular) look.content = 'unknown'
    else if (before && sameContent(before, look)) {
      look.content = before.content
      look.told = before.told
    } else if (look.size === 0) look.content = 'other'
    else if (read) look.content = contentOf(path)
    this.#byPath.set(path, look)
    // With several names the first stays, so that another one can be told to be its link.
    if (look.links === 1 || this.otherName(look, path) === undefined)
      this.#pathOfInode.set(`${look.device}:${look.inode}`, path)
    return look
  }

  forget(path: string) {
    const look = this.#byPath.get(path)
    if (!look) return
    this.#byPath.delete(path)
    const key = `${look.device}:${look.inode}`
    if (this.#pathOfInode.get(key) === path) this.#pathOfInode.delete(key)
  }

  moved(from: string, to: string) {
    const look = this.#byPath.get(from)
    this.forget(from)
    if (!look) return
    this.#byPath.set(to, look)
    this.#pathOfInode.set(`${look.device}:${look.inode}`, to)
  }

  /** Another name of the same file, when one is known that is still there. */
  otherName(look: Look, path: string): string | undefined {
    const other = this.#pathOfInode.get(`${look.device}:${look.inode}`)
    if (other === undefined || other === path) return undefined
    const stat = lstatSync(toFsPath(other), { throwIfNoEntry: false })
    return stat?.ino === look.inode && stat.dev === look.device ? other : undefined
  }
}

function fromStat(stat: Stats): Look {
  return {
    seenAt: Date.now(),
    directory: stat.isDirectory(),
    regular: stat.isFile(),
    device: stat.dev,
    inode: stat.ino,
    links: stat.nlink,
    mode: stat.mode & 0o7777,
    owner: `${stat.uid}:${stat.gid}`,
    size: stat.size,
    birth: stat.birthtimeMs,
    accessed: stat.atimeMs,
    modified: stat.mtimeMs,
    changed: stat.ctimeMs,
    content: 'unknown',
    told: false,
  }
}

/** Whether nothing was written between two looks: every write moves `changed`, and the first look came after its tick. */
export function sameContent(before: Look, now: Look): boolean {
  return (
    before.inode === now.inode &&
    before.size === now.size &&
    before.modified === now.modified &&
    before.changed === now.changed &&
    before.seenAt - before.changed > coarsest
  )
}
