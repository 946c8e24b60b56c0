import koffi from 'koffi'

type Int = number | bigint
const library = koffi.load('libc.so.6')

// koffi's own types are `any`; these are the functions' real ones.
const calls = {
  init: library.func('int inotify_init1(int)') as (flags: number) => number,
  addWatch: library.func('int inotify_add_watch(int, const void*, uint)') as (
    fd: number,
    path: Buffer,
    mask: number,
  ) => number,
  read: library.func('intptr_t read(int, void*, size_t)') as (
    fd: number,
    into: Buffer,
    length: number,
  ) => Int,
}

/** What an event says; from linux/inotify.h. */
export const said = {
  attributes: 0x4,
  closedAfterWrite: 0x8,
  movedFrom: 0x40,
  movedTo: 0x80,
  created: 0x100,
  deleted: 0x200,
  overflow: 0x4000,
  ended: 0x8000,
  directory: 0x4000_0000,
} as const

const { attributes, closedAfterWrite, movedFrom, movedTo, created, deleted } = said
/** Folders alone, and no symbolic link to one. */
const folderItself = 0x0100_0000 | 0x0200_0000
const wanted = attributes | closedAfterWrite | movedFrom | movedTo | created | deleted | folderItself
/** `IN_CLOEXEC | IN_NONBLOCK` */
const plain = 0x8_0000 | 0x800

export const inotify = {
  errno: (): number => koffi.errno(),
  /** A descriptor, or −1. */
  open: () => calls.init(plain),
  /** The number of the watch, or −1. A folder that is watched already has the number that it had. @param path byte string */
  watch: (fd: number, path: string) => calls.addWatch(fd, Buffer.from(`${path}\0`, 'latin1'), wanted),
  /** Bytes read; 0 when there is nothing to read now. */
  read: (fd: number, into: Buffer) => Math.max(0, Number(calls.read(fd, into, into.length))),
}
