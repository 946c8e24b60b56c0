import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'

/** What a stub answers to `GET /path?query`: a status and a body, which is JSON unless it is a string. */
export type Answers = Record<string, { status?: number; headers?: Record<string, string>; body: unknown }>

export interface Stub extends AsyncDisposable {
  /** Folder that plays the machine's root and holds the socket; for a port, an empty one. */
  root: string
  /** Port on 127.0.0.1; 0 for a unix socket. */
  port: number
  /** What was asked so far, as `GET /path`. */
  asked(): Promise<string[]>
}

/**
 * Starts an HTTP server in a thread of its own, since a test that waits for a table cannot answer at the same time.
 * @param socket Path of the unix socket inside an invented root; a TCP port when left out.
 * @param tls Key and certificate in PEM, for https.
 */
export async function startStub(
  answers: Answers,
  options: { socket?: string; tls?: { key: string; cert: string } } = {},
): Promise<Stub> {
  const root = mkdtempSync(join(tmpdir(), 'quarry-stub-'))
  const path = options.socket && join(root, options.socket)
  if (path) mkdirSync(dirname(path), { recursive: true })
  const worker = new Worker(new URL('./stub-thread.ts', import.meta.url), {
    workerData: { answers, path, tls: options.tls },
  })
  const [port] = (await once(worker, 'message')) as [number]
  return {
    root,
    port,
    async asked() {
      worker.postMessage('asked')
      return ((await once(worker, 'message')) as [string[]])[0]
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate()
      rmSync(root, { recursive: true })
    },
  }
}
