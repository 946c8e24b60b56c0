import koffi from 'koffi'

/** An integer as koffi gives it: a bigint only beyond 2^53. */
type Int = number | bigint

const library = koffi.load('libc.so.6')

// koffi's own types are `any`; these are the functions' real ones.
const call = {
  socket: library.func('int socket(int, int, int)') as (
    domain: number,
    type: number,
    protocol: number,
  ) => number,
  bind: library.func('int bind(int, void*, uint)') as (fd: number, address: Buffer, length: number) => number,
  send: library.func('intptr_t send(int, void*, size_t, int)') as (
    fd: number,
    bytes: Buffer,
    length: number,
    flags: number,
  ) => Int,
  recv: library.func('intptr_t recv(int, void*, size_t, int)') as (
    fd: number,
    into: Buffer,
    length: number,
    flags: number,
  ) => Int,
  setsockopt: library.func('int setsockopt(int, int, int, void*, uint)') as (
    fd: number,
    level: number,
    name: number,
    value: Buffer,
    length: number,
  ) => number,
  close: library.func('int close(int)') as (fd: number) => number,
  clockGettime: library.func('int clock_gettime(int, void*)') as (clock: number, into: Buffer) => number,
}
const pollFunction = library.func('int poll(void*, ulong, int)')

/** The C library, for what Node has no call for. Each call is synchronous and must not block, `pollAsync` apart. */
export const libc = {
  ...call,
  /** Why the last call failed; read it before anything else is called. */
  errno: (): number => koffi.errno(),
  poll: pollFunction as unknown as (fds: Buffer, count: number, timeoutMillis: number) => number,
  /** Waits in a thread of libuv's pool, so that JavaScript goes on meanwhile. `fds` must stay as it is until then. */
  pollAsync: (fds: Buffer, count: number, timeoutMillis: number): Promise<number> =>
    new Promise((resolve, reject) =>
      pollFunction.async(fds, count, timeoutMillis, (error: Error | null, ready: number) =>
        error ? reject(error) : resolve(ready),
      ),
    ),
}
export type Libc = typeof libc

export const errno = { EPERM: 1, ENOENT: 2, EINTR: 4, EAGAIN: 11, EACCES: 13, EEXIST: 17, ENOBUFS: 105 }
