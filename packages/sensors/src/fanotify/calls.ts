import koffi from 'koffi'

type Int = number | bigint
const library = koffi.load('libc.so.6')

// koffi's own types are `any`; these are the functions' real ones.
const calls = {
  fanotifyInit: library.func('int fanotify_init(uint, uint)') as (flags: number, fileFlags: number) => number,
  fanotifyMark: library.func('int fanotify_mark(int, uint, uint64_t, int, void*)') as (
    group: number,
    flags: number,
    mask: number,
    folder: number,
    path: Buffer,
  ) => number,
  openByHandle: library.func('int open_by_handle_at(int, void*, int)') as (
    mount: number,
    handle: Buffer,
    flags: number,
  ) => number,
  read: library.func('intptr_t read(int, void*, size_t)') as (
    fd: number,
    into: Buffer,
    length: number,
  ) => Int,
  statfs: library.func('int statfs(const char*, void*)') as (path: string, into: Buffer) => number,
}

/** What an event says happened; from linux/fanotify.h. */
export const happened = {
  attributes: 0x4,
  closedAfterWrite: 0x8,
  movedFrom: 0x40,
  movedTo: 0x80,
  created: 0x100,
  deleted: 0x200,
  overflow: 0x4000,
  renamed: 0x1000_0000,
  directory: 0x4000_0000,
} as const

/** Closed on exec, never waiting, a queue and marks without limit. */
const plainGroup = 0x1 | 0x2 | 0x10 | 0x20
/** The name of what changed, and its folder by file handle (since Linux 5.9). */
const withNames = plainGroup | 0x400 | 0x800
/** The handle of what changed too, and both names of a rename in one event (since Linux 5.17). */
const withTargets = withNames | 0x200 | 0x1000

const { attributes, closedAfterWrite, created, deleted, movedFrom, movedTo, renamed, directory } = happened
const always = attributes | closedAfterWrite | created | deleted | directory

/** Ways to be told, the best first: flags of the group, and the events to ask for. */
export const ways = {
  targets: { group: withTargets, events: always | renamed },
  names: { group: withNames, events: always | movedFrom | movedTo },
} as const
export type Way = keyof typeof ways

const add = 0x1
const ignored = 0x20
const ignoredSurvivesChange = 0x40
const fileSystem = 0x100
/** Relative paths start at the working directory; ours are absolute. */
const anywhere = -100
const largeFile = 0x8000
/** `O_PATH | O_CLOEXEC`: names a file without opening it. */
const pathOnly = 0x28_0000

const cString = (bytePath: string) => Buffer.from(`${bytePath}\0`, 'latin1')

export const fanotify = {
  errno: (): number => koffi.errno(),
  /** Makes a group; its descriptor, or −1. */
  open: (way: Way) => calls.fanotifyInit(ways[way].group, largeFile),
  /** Watches the whole file system that a folder is in. */
  markFileSystem: (group: number, way: Way, path: string) =>
    calls.fanotifyMark(group, add | fileSystem, ways[way].events, anywhere, cString(path)) === 0,
  /** Leaves one file's closings after writing out. */
  ignoreWrites: (group: number, path: string) =>
    calls.fanotifyMark(
      group,
      add | ignored | ignoredSurvivesChange,
      closedAfterWrite,
      anywhere,
      cString(path),
    ) === 0,
  /** Bytes read; 0 when there is nothing to read now. */
  read: (group: number, into: Buffer) => Math.max(0, Number(calls.read(group, into, into.length))),
  /** A descriptor that names the file of a handle, or −1 when it is gone. */
  openHandle: (mount: number, handle: Buffer) => calls.openByHandle(mount, handle, pathOnly),
  /** The id of a file system, its bytes one character each; undefined when it tells none. */
  fsid(path: string): string | undefined {
    const into = Buffer.alloc(120)
    if (calls.statfs(path, into) !== 0) return undefined
    return into.toString('latin1', fsidAt, fsidAt + 8)
  },
}
/** Offset of `f_fsid` in `struct statfs` on 64-bit machines. */
const fsidAt = 56
