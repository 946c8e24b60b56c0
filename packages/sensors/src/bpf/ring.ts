import koffi from 'koffi'
import { pageSize as page } from './page-size.ts'

/** A record as it lies in the ring. Valid only until the reader of it returns. */
export interface RingRecord {
  bytes: Buffer
  /** The same memory in words of 32 bits. */
  words: Uint32Array
  /** Where the record begins, in bytes; a multiple of 8. */
  at: number
  length: number
}

const PROT_READ = 1
const PROT_WRITE = 2
const MAP_SHARED = 1
const BUSY = 0x8000_0000
const DISCARDED = 0x4000_0000
const HEADER = 8
/** A record that is split by the end of the ring is put together here. */
const LONGEST = 128 * 1024

/**
 * Reads a ring buffer of BPF where it lies, without a call into the kernel or libbpf for each record: the kernel documents the layout
 * (Documentation/bpf/ringbuf.rst). One page tells how far was read, the next how far was written, then the records follow.
 */
export class Ring {
  readonly #mask: number
  readonly #bytes: Buffer
  readonly #words: Uint32Array
  /** Positions only ever grow. */
  readonly #read: BigUint64Array
  readonly #written: BigUint64Array
  readonly #joined = Buffer.alloc(LONGEST)
  readonly #joinedWords = new Uint32Array(this.#joined.buffer, this.#joined.byteOffset, LONGEST / 4)
  readonly #unmap: () => void

  /** @param fd of the map, whose size is `size` bytes. @throws Error when it cannot be mapped */
  constructor(fd: number, size: number) {
    const libc = koffi.load('libc.so.6')
    const mmap = libc.func('void* mmap(void*, size_t, int, int, int, int64_t)')
    const munmap = libc.func('int munmap(void*, size_t)')
    const map = (length: number, protection: number, offset: number): bigint => {
      const address = BigInt.asUintN(64, BigInt(mmap(null, length, protection, MAP_SHARED, fd, offset) ?? -1))
      if (address >= BigInt.asUintN(64, -4096n)) throw new Error('The ring of BPF could not be mapped.')
      return address
    }
    const consumer = map(page, PROT_READ | PROT_WRITE, 0)
    // libbpf maps the records twice, one after the other, so that none is split; that would count twice as memory.
    const producer = map(page + size, PROT_READ, page)
    this.#unmap = () => {
      munmap(consumer, page)
      munmap(producer, page + size)
    }
    const memory = koffi.view(producer, page + size)
    this.#mask = size - 1
    this.#read = new BigUint64Array(koffi.view(consumer, page), 0, 1)
    this.#written = new BigUint64Array(memory, 0, 1)
    this.#bytes = Buffer.from(memory, page, size)
    this.#words = new Uint32Array(memory, page, size / 4)
  }

  /**
   * Hands on at most `most` records.
   * @returns true when there may be more
   */
  drain(most: number, take: (record: RingRecord) => void): boolean {
    const record: RingRecord = { bytes: this.#bytes, words: this.#words, at: 0, length: 0 }
    let position = Number(Atomics.load(this.#read, 0))
    let count = 0
    try {
      for (;;) {
        const end = Number(Atomics.load(this.#written, 0))
        if (position >= end) return false
        while (position < end) {
          if (count++ >= most) return true
          const start = position & this.#mask
          const head = Atomics.load(this.#words, start >>> 2)
          // Its program is still writing; there will be a wake-up when it is done.
          if (head >= BUSY) return false
          const length = head & ~DISCARDED
          position += (HEADER + length + 7) & ~7
          if (head & DISCARDED) continue
          this.#point(record, start + HEADER, length)
          take(record)
        }
        Atomics.store(this.#read, 0, BigInt(position))
      }
    } finally {
      Atomics.store(this.#read, 0, BigInt(position))
    }
  }

  close(): void {
    this.#unmap()
  }

  #point(record: RingRecord, start: number, length: number): void {
    const size = this.#mask + 1
    const at = start & this.#mask
    record.length = length
    if (at + length <= size) {
      record.bytes = this.#bytes
      record.words = this.#words
      record.at = at
      return
    }
    const first = this.#bytes.copy(this.#joined, 0, at, size)
    this.#bytes.copy(this.#joined, first, 0, length - first)
    record.bytes = this.#joined
    record.words = this.#joinedWords
    record.at = 0
  }
}
