import type { ProcessRef, SensorEvent } from '@quarry/schema/events'
import { BoundedMap } from './bounded-map.ts'

/** Process ids that are remembered; on a busy machine some minutes of them. */
const LIMIT = 16_384

/** Which process had an id last, as the events tell: for sources that learn an id when its owner is gone. */
export class RecentProcesses {
  readonly #byPid = new BoundedMap<number, ProcessRef>(LIMIT)

  note({ process }: SensorEvent): void {
    if (!process) return
    const known = this.#byPid.get(process.pid)
    if (known?.startTicks !== process.startTicks) this.#byPid.set(process.pid, process)
  }

  of(pid: number): ProcessRef | undefined {
    return this.#byPid.get(pid)
  }
}
