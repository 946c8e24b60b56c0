import koffi from 'koffi'

/** Bytes in a page of memory: 4096, on some arm64 kernels 16 or 64 KiB. */
export const pageSize: number = koffi.load('libc.so.6').func('int getpagesize()')()
