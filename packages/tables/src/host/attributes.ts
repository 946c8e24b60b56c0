import type { PathLike } from 'node:fs'
import { constants } from 'node:os'
import { native } from './native.ts'
import { systemError } from './system-error.ts'

/** The kernel's own bounds: XATTR_LIST_MAX and XATTR_SIZE_MAX of linux/limits.h. */
const most = 65_536

type List = (path: Buffer, into: Buffer, size: number) => number | bigint
type Get = (path: Buffer, name: string, into: Buffer, size: number) => number | bigint
let calls: { list: List; get: Get; errno(): number } | undefined

function functions() {
  if (!calls) {
    const koffi = native()
    const library = koffi.load('libc.so.6')
    calls = {
      list: library.func('intptr_t listxattr(void*, _Out_ void*, size_t)') as unknown as List,
      get: library.func('intptr_t getxattr(void*, str, _Out_ void*, size_t)') as unknown as Get,
      errno: () => koffi.errno(),
    }
  }
  return calls
}

/**
 * The extended attributes of a file or folder by name; symlinks are followed. Empty where the file system has none. One that
 * may not be read, or vanished meanwhile, is left out. Throws a system error. Linux only.
 */
export function readAttributes(path: PathLike): Map<string, Buffer> {
  const { list, get, errno } = functions()
  const place = Buffer.concat([Buffer.isBuffer(path) ? path : Buffer.from(String(path)), Buffer.alloc(1)])
  const buffer = Buffer.alloc(most)
  const length = Number(list(place, buffer, most))
  if (length < 0) {
    const code = Object.entries(constants.errno).find(([, number]) => number === errno())?.[0] ?? 'EIO'
    if (code === 'ENOTSUP' || code === 'EOPNOTSUPP') return new Map()
    throw systemError(code, String(path))
  }
  const names = buffer.toString('utf8', 0, length).split('\0').filter(Boolean)
  const found = new Map<string, Buffer>()
  for (const name of names) {
    const size = Number(get(place, name, buffer, most))
    if (size >= 0) found.set(name, Buffer.from(buffer.subarray(0, size)))
  }
  return found
}
