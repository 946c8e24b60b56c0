import type { FileAction, ProcessRef } from '@quarry/schema/events'
import type { SourceContext } from '../source.ts'
import { attributeChanges } from './attribute-change.ts'
import { join, toBytePath, toText } from './byte-path.ts'
import type { FileSystems } from './file-systems.ts'
import type { Folders } from './folders.ts'
import { inodeOfHandle } from './handle-inode.ts'
import { KnownFiles, type Look, sameContent } from './known-files.ts'
import { type FileEvent, fsidOf, handleOf, has, type Place, type Target } from './parse-events.ts'
import { RepeatedWrites } from './repeated-writes.ts'
import { timesOf } from './times-of.ts'
import { Writers } from './writers.ts'

/** In place of a folder that was gone before anybody could tell its name. */
const unknownFolder = '(unknown)'

interface Doing {
  at: number
  pid: number
  process: ProcessRef | undefined
  directory: boolean
  target: Target | undefined
  /** `st_dev` of the file system. */
  device: number
}

/** Turns what the kernel tells into events of files: works out paths, looks at the files, and tells what changed. */
export class Changes {
  readonly #context: SourceContext
  readonly #folders: Folders
  readonly #fileSystems: FileSystems
  readonly #files = new KnownFiles()
  readonly #writers: Writers
  readonly #writes: RepeatedWrites<Doing>
  readonly #ownFolder: string
  /** First halves of renames by process, on kernels that tell a rename in two. */
  #leaving = new Map<number, { path: string; doing: Doing }>()

  constructor(context: SourceContext, folders: Folders, fileSystems: FileSystems) {
    this.#context = context
    this.#folders = folders
    this.#fileSystems = fileSystems
    this.#writers = new Writers(context)
    this.#writes = new RepeatedWrites((path, doing) => this.#modified(path, doing))
    this.#ownFolder = `${toBytePath(context.stateDir)}/`
  }

  handle(event: FileEvent, at: number) {
    if (!event.place || this.#context.isOwn(event.pid)) return
    const fileSystem = this.#fileSystems.byFsid(fsidOf(event.place.folder))
    // Unmounted since.
    if (!fileSystem) return
    const path = this.#path(event.place)
    const process = this.#writers.ref(event.pid, at)
    if (!process && path.startsWith(this.#ownFolder)) return
    const directory = has(event, 'directory')
    const doing = { at, pid: event.pid, process, directory, target: event.target, device: fileSystem.stDev }
    if (has(event, 'renamed') && event.newPlace) this.#renamed(path, this.#path(event.newPlace), doing)
    else this.#happened(event, path, doing)
  }

  tick(now: number) {
    this.#writes.flush(now)
    // Renames whose second half never came. The clock may have been set in either direction.
    for (const [pid, { doing }] of this.#leaving) if (Math.abs(now - doing.at) >= 1000) this.#left(pid)
  }

  #path(place: Place): string {
    return this.#folders.pathOf(place) ?? join(unknownFolder, place.name)
  }

  /** One event may tell several happenings, in an order that makes sense of them. */
  #happened(event: FileEvent, path: string, doing: Doing) {
    if (has(event, 'movedTo')) this.#arrived(path, doing)
    const created = has(event, 'created')
    const gone = has(event, 'deleted')
    const before = this.#files.before(path)
    const written = has(event, 'closedAfterWrite')
    const look = this.#files.look(path, doing.device, written)
    // Removed and made again, when there is one now.
    if (gone && created && look) this.#emit('deleted', path, doing, before)
    if (created) this.#created(path, doing, look, written)
    if (written) this.#written(path, doing, before, look)
    if (has(event, 'attributes') && !(gone && created)) {
      for (const action of attributeChanges(before, look, created))
        this.#emit(action, path, doing, look ?? before)
    }
    if (has(event, 'movedFrom')) {
      this.#left(doing.pid)
      this.#leaving.set(doing.pid, { path, doing })
    }
    if (gone && !(created && look)) this.#deleted(path, doing)
  }

  #created(path: string, doing: Doing, look: Look | undefined, written: boolean) {
    if (doing.directory && doing.target) this.#folders.made(doing.target, path)
    const linked = look && !look.directory && look.links > 1 && !written
    const other = linked ? this.#files.otherName(look, path) : undefined
    const old = look && doing.at - look.birth > 2000
    if (!linked || (other === undefined && !old)) return this.#emit('created', path, doing, look)
    // A second name: of which file, the kernel knows when nobody else does.
    const from = other ?? (doing.target && this.#folders.look(doing.target)) ?? path
    this.#emit('hardlinked', from, doing, look, path)
  }

  #written(path: string, doing: Doing, before: Look | undefined, look: Look | undefined) {
    // Devices and pipes; and files that were opened for writing, such as locks, into which nothing was written.
    if (look && (!look.regular || (before?.told && sameContent(before, look)))) return
    if (look) look.told = true
    if (this.#writes.first(path, doing)) this.#emit('modified', path, doing, look ?? before)
  }

  #modified(path: string, doing: Doing) {
    const before = this.#files.before(path)
    this.#emit('modified', path, doing, this.#files.look(path, doing.device, true) ?? before)
  }

  #deleted(path: string, doing: Doing) {
    this.#writes.end(path, doing.pid)
    const before = this.#files.before(path)
    this.#files.forget(path)
    if (doing.directory && doing.target) this.#folders.gone(doing.target)
    this.#emit('deleted', path, doing, before)
  }

  #arrived(path: string, doing: Doing) {
    const leaving = this.#leaving.get(doing.pid)
    this.#leaving.delete(doing.pid)
    if (leaving) this.#renamed(leaving.path, path, doing)
    else this.#emit('created', path, doing, this.#files.look(path, doing.device, true))
  }

  /** The old name is gone, and no new one is known. */
  #left(pid: number) {
    const leaving = this.#leaving.get(pid)
    this.#leaving.delete(pid)
    if (leaving) this.#deleted(leaving.path, leaving.doing)
  }

  #renamed(from: string, to: string, doing: Doing) {
    this.#writes.end(from, doing.pid)
    if (doing.directory) this.#folders.moved(from, to)
    this.#files.moved(from, to)
    const before = this.#files.before(to)
    this.#emit('renamed', from, doing, this.#files.look(to, doing.device, true) ?? before, to)
  }

  #emit(action: FileAction, path: string, doing: Doing, look: Look | undefined, targetPath?: string) {
    const inode = look?.inode ?? (doing.target ? inodeOfHandle(handleOf(doing.target)) : undefined)
    this.#context.emit({
      type: 'file',
      at: doing.at,
      process: doing.process,
      action,
      directory: doing.directory,
      path: toText(path),
      ...(targetPath !== undefined && { targetPath: toText(targetPath) }),
      device: doing.device,
      inode,
      size: look?.size,
      content: look?.content ?? 'unknown',
      ...(look && { times: timesOf(look) }),
    })
  }
}
