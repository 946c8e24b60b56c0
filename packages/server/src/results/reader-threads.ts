import { Worker } from 'node:worker_threads'
import { AppError, type ErrorCode } from '@quarry/schema'
import type { ExportRequest } from './export/read-chunks.ts'
import type { GroupRequest, Groups } from './groups.ts'
import type { Page, PageRequest } from './page.ts'
import type { ReadRequest } from './reader.ts'

interface Thread {
  worker: Worker
  waiting: Map<number, { resolve(value: unknown): void; reject(error: Error): void }>
}

/** Reads result files in threads, so that sorting and exporting hold up neither devices nor watchers. */
export class ReaderThreads {
  readonly #threads: (Thread | undefined)[]
  #nextId = 0
  #closed = false

  /** @param count threads at most; each starts when it is first needed */
  constructor(count = 2) {
    this.#threads = new Array(count).fill(undefined)
  }

  page(path: string, request: PageRequest): Promise<Page> {
    return this.#ask(path, { op: 'page', path, request }) as Promise<Page>
  }

  groups(path: string, request: GroupRequest): Promise<Groups> {
    return this.#ask(path, { op: 'groups', path, request }) as Promise<Groups>
  }

  /** Opens an export and returns its pieces; each is made when it is taken. Throws before the first when the request is bad. */
  async export(path: string, request: ExportRequest): Promise<AsyncGenerator<string | Uint8Array>> {
    const exportId = this.#nextId++
    await this.#ask(path, { op: 'export', path, request, exportId })
    const ask = (op: 'exportNext' | 'exportEnd') => this.#ask(path, { op, exportId })
    return (async function* () {
      try {
        for (;;) {
          const piece = (await ask('exportNext')) as string | Uint8Array | undefined
          if (piece === undefined) return
          yield piece
        }
      } finally {
        await ask('exportEnd').catch(() => {})
      }
    })()
  }

  /** Closes a file, so that it can be deleted. */
  async forget(path: string): Promise<void> {
    if (this.#threads[this.#indexOf(path)] !== undefined) await this.#ask(path, { op: 'forget', path })
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#threads.map((thread) => thread?.worker.terminate()))
  }

  /** The same file always goes to the same thread, which has its orders in memory. */
  #indexOf(path: string): number {
    let hash = 0
    for (let index = 0; index < path.length; index++) hash = (hash * 31 + path.charCodeAt(index)) >>> 0
    return hash % this.#threads.length
  }

  #ask(path: string, request: ReadRequest): Promise<unknown> {
    if (this.#closed) return Promise.reject(new AppError('internal', 'The server is stopping.'))
    const index = this.#indexOf(path)
    const thread = this.#threads[index] ?? this.#start(index)
    this.#threads[index] = thread
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      thread.waiting.set(id, { resolve, reject })
      thread.worker.postMessage({ id, request })
    })
  }

  #start(index: number): Thread {
    const worker = new Worker(new URL('./reader-thread.ts', import.meta.url))
    worker.unref()
    const thread: Thread = { worker, waiting: new Map() }
    worker.on('message', ({ id, value, error }: Reply) => {
      const waiting = thread.waiting.get(id)
      thread.waiting.delete(id)
      if (error) waiting?.reject(asError(error))
      else waiting?.resolve(value)
    })
    const fail = (error: Error) => {
      if (this.#threads[index] === thread) this.#threads[index] = undefined
      for (const { reject } of thread.waiting.values()) reject(error)
      thread.waiting.clear()
    }
    worker.on('error', fail)
    worker.on('exit', () => fail(new Error('The thread that reads results ended.')))
    return thread
  }
}

interface Reply {
  id: number
  value?: unknown
  error?: { code: string; message: string }
}

const asError = ({ code, message }: { code: string; message: string }): Error =>
  code === 'internal' ? new Error(message) : new AppError(code as ErrorCode, message)
