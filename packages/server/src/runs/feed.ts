/** Shortest time between two messages of a kind, in milliseconds: ten a second at most. */
const pauseMillis = 100

/** What a watcher of a run is told; it reads what it needs itself. */
export interface Watcher {
  /** There are more rows. */
  rows(): void
  /** The states of these devices, and so the counts of the run, have changed. */
  endpoints(ids: string[]): void
  /** The run has ended; nothing follows. */
  end(): void
}

export type Feeds = ReturnType<typeof openFeeds>

/** Tells watchers of runs what has changed: the first news at once, then gathered. A run without watchers costs nothing. */
export function openFeeds() {
  const feeds = new Map<string, Feed>()

  return {
    /** Watches a run until the returned function is called. */
    watch(runId: string, watcher: Watcher): () => void {
      const feed = feeds.get(runId) ?? new Feed()
      feeds.set(runId, feed)
      feed.watchers.add(watcher)
      return () => {
        feed.watchers.delete(watcher)
        if (feed.watchers.size === 0 && feeds.get(runId) === feed) feeds.delete(runId)
      }
    },
    rows: (runId: string): void => feeds.get(runId)?.rows(),
    endpoint: (runId: string, endpointId: string): void => feeds.get(runId)?.endpoint(endpointId),
    /** The run has ended: its watchers hear the last changes, then the end. */
    end(runId: string): void {
      feeds.get(runId)?.end()
      feeds.delete(runId)
    },
  }
}

class Feed {
  readonly watchers = new Set<Watcher>()
  readonly #changed = new Set<string>()
  readonly #rows = new Paced(() => {
    for (const watcher of this.watchers) watcher.rows()
  })
  readonly #endpoints = new Paced(() => {
    const ids = [...this.#changed]
    this.#changed.clear()
    for (const watcher of this.watchers) watcher.endpoints(ids)
  })

  rows(): void {
    this.#rows.ask()
  }

  endpoint(id: string): void {
    this.#changed.add(id)
    this.#endpoints.ask()
  }

  end(): void {
    this.#rows.finish()
    this.#endpoints.finish()
    for (const watcher of this.watchers) watcher.end()
  }
}

/** Does something at once when it has rested, else when the pause is over. */
class Paced {
  readonly #act: () => void
  #last = -Infinity
  #timer: NodeJS.Timeout | undefined

  constructor(act: () => void) {
    this.#act = act
  }

  ask(): void {
    if (this.#timer !== undefined) return
    const wait = this.#last + pauseMillis - performance.now()
    if (wait <= 0) this.#now()
    else this.#timer = setTimeout(() => this.#now(), wait)
  }

  /** Does what was asked for and not yet done. */
  finish(): void {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#now()
  }

  #now(): void {
    this.#timer = undefined
    this.#last = performance.now()
    this.#act()
  }
}
