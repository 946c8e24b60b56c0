import { type Manifest, readManifest } from './manifest.ts'
import { OpenView } from './open-view.ts'
import { foldStates } from './states.ts'
import type { JournalReader, JournalState, Loss, Position, Range, ScanOptions, StoredEvent } from './types.ts'

/** Reads a folder; it never writes to it. */
export class Reader implements JournalReader {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  *scan(subject: string, options: ScanOptions): Generator<StoredEvent> {
    const { epoch, views } = this.#snapshot()
    try {
      for (const view of views) yield* view.scan(epoch, subject, options)
    } finally {
      for (const view of views) view.close()
    }
  }

  readAfter(subject: string, after: Position, limit: number): StoredEvent[] {
    const { epoch, views } = this.#snapshot()
    const sequence = after.epoch < epoch ? 0 : after.epoch > epoch ? Infinity : after.sequence
    const events: StoredEvent[] = []
    try {
      for (const view of views) {
        if (events.length >= limit) break
        events.push(...view.readAfter(epoch, subject, sequence, limit - events.length))
      }
    } finally {
      for (const view of views) view.close()
    }
    return events
  }

  states(): JournalState[] {
    const { manifest, views } = this.#snapshot()
    try {
      return manifest
        ? foldStates(
            manifest,
            views.map((view) => view.totals()),
            views.map((view) => view.losses()),
          )
        : []
    } finally {
      for (const view of views) view.close()
    }
  }

  losses(range: Range = {}): Loss[] {
    const { manifest, views } = this.#snapshot()
    const { from = -Infinity, to = Infinity } = range
    try {
      return [...(manifest?.losses ?? []), ...views.flatMap((view) => view.losses())].filter(
        (loss) => loss.lastTime >= from && loss.firstTime <= to,
      )
    } finally {
      for (const view of views) view.close()
    }
  }

  close(): void {}

  /** What there is at this moment, opened, so that it can be read to the end whatever the writer does. */
  #snapshot(): { manifest?: Manifest; epoch: number; views: OpenView[] } {
    for (;;) {
      const manifest = readManifest(this.#folder)
      if (manifest === undefined) return { epoch: 0, views: [] }
      const views: OpenView[] = []
      try {
        for (const number of manifest.open) views.push(new OpenView(this.#folder, number))
        return { manifest, epoch: manifest.epoch, views }
      } catch (error) {
        for (const view of views) view.close()
        // The writer closed a period meanwhile: then the manifest names others by now.
        const now = readManifest(this.#folder)
        if (now !== undefined && JSON.stringify(now.open) === JSON.stringify(manifest.open)) throw error
      }
    }
  }
}
