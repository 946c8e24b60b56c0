import type { Appended, Appender, BatchInput } from './append.ts'

/** Rows that one transaction takes at most (and one batch in any case), so that the server stays quick to answer. */
const maxRows = 20_000

interface Waiting {
  batch: BatchInput
  resolve(result: Appended): void
  reject(error: unknown): void
}

/** Gathers the batches that arrive for a run in one turn of the event loop, and commits them together. */
export class GroupCommit {
  readonly #appenderOf: (runId: string) => Appender
  readonly #queues = new Map<string, Waiting[]>()
  #scheduled = false

  constructor(appenderOf: (runId: string) => Appender) {
    this.#appenderOf = appenderOf
  }

  /** Resolves when the batch is on the disk (or found not to belong there); rejects when the disk refuses. */
  append(runId: string, batch: BatchInput): Promise<Appended> {
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(runId)
      if (queue) queue.push({ batch, resolve, reject })
      else this.#queues.set(runId, [{ batch, resolve, reject }])
      this.#schedule()
    })
  }

  /** Commits all that waits, at once. */
  flush(): void {
    while (this.#queues.size > 0) this.#turn()
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.#turn()
      if (this.#queues.size > 0) this.#schedule()
    })
  }

  #turn(): void {
    for (const [runId, queue] of [...this.#queues]) {
      const taken = takeUpTo(queue, maxRows)
      if (queue.length === 0) this.#queues.delete(runId)
      try {
        const results = this.#appenderOf(runId).append(taken.map(({ batch }) => batch))
        for (const [index, { resolve }] of taken.entries()) resolve(results[index]!)
      } catch (error) {
        for (const { reject } of taken) reject(error)
      }
    }
  }
}

function takeUpTo(queue: Waiting[], rows: number): Waiting[] {
  let count = 1
  let sum = queue[0]!.batch.rows.length
  while (count < queue.length && sum + queue[count]!.batch.rows.length <= rows) {
    sum += queue[count]!.batch.rows.length
    count++
  }
  return queue.splice(0, count)
}
