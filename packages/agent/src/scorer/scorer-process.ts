// The agent's hold on the process that scores: started when there is something to score, killed when a file takes too long.
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ScoredFile, Scores } from '@quarry/tables/host-ports'
import type { Log } from '../log.ts'
import type { FromScorer, ToScorer } from './messages.ts'

/** Heap of JavaScript, in MB; a hostile file ends the process, not the agent. */
const heapMegabytes = 128
/** A file that takes longer costs its scores. The first waits for the index of packages. */
const fileMillis = 30_000
const firstMillis = 120_000
/** Files that may wait; more are not scored now. */
const maxWaiting = 1000

const entry = fileURLToPath(new URL('./main.ts', import.meta.url))

export interface Scorer {
  /** Makes the index of packages and loads the model, so that the first query need not wait for it. */
  prepare(): void
  /** The scores of a file; undefined when it cannot be scored, or not in time. */
  score(file: ScoredFile): Promise<Scores | undefined>
  pids(): number[]
  close(): void
}

interface Waiting {
  file: ScoredFile
  resolve: (scores: Scores | undefined) => void
}

export function openScorer(options: { cacheDir: string; dataDirs: readonly string[]; log: Log }): Scorer {
  const { cacheDir, dataDirs, log } = options
  const waiting = new Map<number, Waiting>()
  let child: ChildProcess | undefined
  let timer: NodeJS.Timeout | undefined
  let lastId = 0
  let closed = false

  function start(): ChildProcess {
    const born = spawn(process.execPath, [`--max-old-space-size=${heapMegabytes}`, '--no-warnings', entry], {
      cwd: '/',
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    born.on('message', (message: FromScorer) => {
      if (message.type === 'scored') settle(message.id, message.scores)
      watch(fileMillis)
    })
    born.on('error', (error) => log.warn(`Programs cannot be scored: ${error.message}`))
    born.on('close', () => {
      if (child === born) child = undefined
      clearTimeout(timer)
      const left = [...waiting.values()]
      waiting.clear()
      // The file that it died of is not tried again; the others are.
      left[0]?.resolve(undefined)
      for (const { file, resolve } of left.slice(1)) void score(file).then(resolve)
    })
    tell(born, { type: 'setup', cacheDir, dataDirs })
    return born
  }

  function watch(millis: number) {
    clearTimeout(timer)
    if (waiting.size === 0) return
    timer = setTimeout(() => {
      const [first] = waiting.values()
      log.warn({ path: first?.file.path }, 'A program took too long to score and is left out')
      child?.kill('SIGKILL')
    }, millis)
    timer.unref()
  }

  function settle(id: number, scores: Scores | undefined) {
    waiting.get(id)?.resolve(scores)
    waiting.delete(id)
  }

  function score(file: ScoredFile): Promise<Scores | undefined> {
    if (closed || waiting.size >= maxWaiting) return Promise.resolve(undefined)
    const { promise, resolve } = Promise.withResolvers<Scores | undefined>()
    const isFirst = child === undefined
    child ??= start()
    const id = ++lastId
    waiting.set(id, { file, resolve })
    tell(child, { type: 'score', id, file })
    if (waiting.size === 1) watch(isFirst ? firstMillis : fileMillis)
    return promise
  }

  return {
    prepare() {
      if (!closed) child ??= start()
    },
    score,
    pids: () => (child?.pid === undefined ? [] : [child.pid]),
    close() {
      closed = true
      clearTimeout(timer)
      child?.kill('SIGKILL')
    },
  }
}

/** A process that has just ended takes no message; its end settles what waits. */
const tell = (child: ChildProcess, message: ToScorer) =>
  child.connected && child.send(message, () => undefined)
