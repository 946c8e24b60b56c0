import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SensorEvent, SensorLayer } from '@quarry/schema/events'
import type { OpenSource, Source, SourceContext } from '../source.ts'

/** A source at work without the others. */
export interface Alone {
  events: SensorEvent[]
  open: OpenSource
  stateDir: string
  said: string[]
  /** Reads until the events are as wanted; gives up after some time, whereupon the test's own comparison tells what is missing. */
  until(wanted: () => boolean, seconds?: number): Promise<void>
  close(): Promise<void>
}

/** Opens one source for tests and drains it every few milliseconds. */
export async function openAlone(source: Source, options: Partial<SourceContext> = {}): Promise<Alone> {
  const events: SensorEvent[] = []
  const said: string[] = []
  const stateDir = options.stateDir ?? mkdtempSync(join(tmpdir(), 'quarry-state-'))
  const context: SourceContext = {
    emit: (event) => void events.push(event),
    isOwn: () => false,
    wallMillis: (nanos) => Number(nanos / 1_000_000n),
    log: (message) => void said.push(message),
    whoseFlow: () => undefined,
    processOf: () => undefined,
    catchUp: () => undefined,
    root: '/',
    ...options,
    stateDir,
  }
  const open = await source.open(context, new Set<SensorLayer>(source.layers))
  const drain = () => {
    while (open.drain?.()) {
      // There is more.
    }
  }
  return {
    events,
    open,
    stateDir,
    said,
    async until(wanted, seconds = 20) {
      const end = Date.now() + seconds * 1000
      for (drain(); !wanted() && Date.now() < end; drain()) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        open.tick?.(Date.now())
      }
    },
    async close() {
      await open.close()
      if (!options.stateDir) rmSync(stateDir, { recursive: true, force: true })
    },
  }
}
