import type { FileAction } from '@quarry/schema/events'
import { attributeChanges } from '../fanotify/attribute-change.ts'
import { join, toText } from '../fanotify/byte-path.ts'
import { KnownFiles, type Look, sameContent } from '../fanotify/known-files.ts'
import { RepeatedWrites } from '../fanotify/repeated-writes.ts'
import { timesOf } from '../fanotify/times-of.ts'
import type { SourceContext } from '../source.ts'
import { said } from './calls.ts'
import type { WatchEvent } from './parse-events.ts'
import { entriesOf, type Watched, type Watches } from './watches.ts'

/** A rename within the watched folders comes in two halves, one right after the other. */
const halfMillis = 1000

interface Doing {
  at: number
  pid: number
  directory: boolean
  device: number
}

/** Turns what inotify tells of folders into events of files. Which process it was, inotify does not tell. */
export class WatchedChanges {
  readonly #context: SourceContext
  readonly #watches: Watches
  readonly #root: string
  readonly #files = new KnownFiles()
  readonly #writes = new RepeatedWrites<Doing>((path, doing) =>
    this.#emit('modified', path, doing, this.#files.look(path, doing.device, true)),
  )
  readonly #leaving = new Map<number, { path: string; doing: Doing }>()

  /** @param root in front of every path, left out of what is told */
  constructor(context: SourceContext, watches: Watches, root: string) {
    this.#context = context
    this.#watches = watches
    this.#root = root
  }

  handle({ watch, mask, cookie, name }: WatchEvent, at: number) {
    const folder = this.#watches.of(watch)
    if (!folder) return
    if (mask & said.ended) return this.#watches.forget(watch)
    // The folder itself is told by the one that it is in, where that is watched.
    if (name === '') return
    const path = join(folder.path, name)
    const doing = { at, pid: 0, directory: (mask & said.directory) !== 0, device: folder.device }
    if (mask & said.movedFrom) this.#leaving.set(cookie, { path, doing })
    else if (mask & said.movedTo) this.#arrived(path, doing, cookie, folder)
    else if (mask & said.created) this.#created(path, doing, folder)
    else if (mask & said.closedAfterWrite) this.#written(path, doing)
    else if (mask & said.attributes) this.#attributes(path, doing)
    else if (mask & said.deleted) this.#deleted(path, doing)
  }

  tick(now: number) {
    this.#writes.flush(now)
    for (const [cookie, { path, doing }] of this.#leaving) {
      if (Math.abs(now - doing.at) < halfMillis) continue
      this.#leaving.delete(cookie)
      this.#deleted(path, doing)
    }
  }

  #created(path: string, doing: Doing, folder: Watched) {
    const look = this.#files.look(path, doing.device, true)
    const other = look && !look.directory && look.links > 1 ? this.#files.otherName(look, path) : undefined
    if (other === undefined) this.#emit('created', path, doing, look)
    else this.#emit('hardlinked', other, doing, look, path)
    if (doing.directory && folder.depth > 0) this.#watch(path, folder.depth - 1, doing)
  }

  /** Watches a new folder, and tells what was put into it before. */
  #watch(path: string, depth: number, doing: Doing) {
    for (const folder of this.#watches.add(path, depth)) {
      for (const entry of entriesOf(folder)) {
        const inside = join(folder, entry.name.toString('latin1'))
        if (this.#files.before(inside)) continue
        const its = { ...doing, directory: entry.isDirectory() }
        this.#emit('created', inside, its, this.#files.look(inside, doing.device, true))
      }
    }
  }

  #written(path: string, doing: Doing) {
    const before = this.#files.before(path)
    const look = this.#files.look(path, doing.device, true)
    if (look && (!look.regular || (before?.told && sameContent(before, look)))) return
    if (look) look.told = true
    if (this.#writes.first(path, doing)) this.#emit('modified', path, doing, look ?? before)
  }

  #attributes(path: string, doing: Doing) {
    const before = this.#files.before(path)
    const look = this.#files.look(path, doing.device, false)
    for (const action of attributeChanges(before, look, false))
      this.#emit(action, path, doing, look ?? before)
  }

  #deleted(path: string, doing: Doing) {
    this.#writes.end(path, doing.pid)
    const before = this.#files.before(path)
    this.#files.forget(path)
    this.#emit('deleted', path, doing, before)
  }

  #arrived(path: string, doing: Doing, cookie: number, folder: Watched) {
    const leaving = this.#leaving.get(cookie)
    this.#leaving.delete(cookie)
    if (!leaving) return this.#created(path, doing, folder)
    this.#writes.end(leaving.path, doing.pid)
    if (doing.directory) this.#watches.moved(leaving.path, path)
    this.#files.moved(leaving.path, path)
    const before = this.#files.before(path)
    this.#emit('renamed', leaving.path, doing, this.#files.look(path, doing.device, true) ?? before, path)
    if (doing.directory && folder.depth > 0) this.#watches.add(path, folder.depth - 1)
  }

  #emit(action: FileAction, path: string, doing: Doing, look: Look | undefined, targetPath?: string) {
    const named = (bytePath: string) => toText(bytePath.slice(this.#root.length))
    this.#context.emit({
      type: 'file',
      at: doing.at,
      action,
      directory: doing.directory,
      path: named(path),
      ...(targetPath !== undefined && { targetPath: named(targetPath) }),
      device: doing.device,
      inode: look?.inode,
      size: look?.size,
      content: look?.content ?? 'unknown',
      ...(look && { times: timesOf(look) }),
    })
  }
}
