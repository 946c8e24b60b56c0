import { native } from '../host/native.ts'

/** A cookie of libmagic, a pointer. */
type Cookie = object | null

interface Calls {
  open(flags: number): Cookie
  load(cookie: Cookie, files: string | null): number
  setFlags(cookie: Cookie, flags: number): number
  descriptor(cookie: Cookie, fd: number): string | null
  close(cookie: Cookie): void
}

// From magic.h: MAGIC_MIME_TYPE and MAGIC_MIME_ENCODING.
const flags = { data: 0, mime_type: 0x10, mime_encoding: 0x400 } as const
export type MagicKind = keyof typeof flags

export interface Magic {
  /** What an open file is, by one of the ways to say it; undefined where libmagic fails. It stays open. */
  of(fd: number, kind: MagicKind): string | undefined
  close(): void
}

/** The functions of libmagic; undefined where the library is not installed. */
function libmagic(): Calls | undefined {
  try {
    const library = native().load('libmagic.so.1')
    return {
      open: library.func('void* magic_open(int)') as unknown as Calls['open'],
      load: library.func('int magic_load(void*, str)') as unknown as Calls['load'],
      setFlags: library.func('int magic_setflags(void*, int)') as unknown as Calls['setFlags'],
      descriptor: library.func('str magic_descriptor(void*, int)') as unknown as Calls['descriptor'],
      close: library.func('void magic_close(void*)') as unknown as Calls['close'],
    }
  } catch {
    return undefined
  }
}

let calls: Calls | undefined | null = null

/**
 * Opens libmagic with its rules; `files` names others, separated by colons. The caller closes it. Undefined where there is no
 * library, null where the rules cannot be loaded.
 */
export function openMagic(files: string | null): Magic | undefined | null {
  if (calls === null) calls = libmagic()
  const library = calls
  if (!library) return undefined
  const cookie = library.open(0)
  if (!cookie) return null
  if (library.load(cookie, files) !== 0) {
    library.close(cookie)
    return null
  }
  return {
    of(fd, kind) {
      library.setFlags(cookie, flags[kind])
      return library.descriptor(cookie, fd) ?? undefined
    },
    close: () => library.close(cookie),
  }
}
