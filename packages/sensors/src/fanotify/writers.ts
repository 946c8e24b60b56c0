import type { ProcessRef } from '@quarry/schema/events'
import { BoundedMap } from '../bounded-map.ts'
import type { SourceContext } from '../source.ts'
import { readProc } from '../system/read-proc.ts'

/** A process id is not given again so soon, in milliseconds. */
const goodFor = 1000

/** Tells which process an id was at the time: looked up in /proc, else remembered, else asked of the other sensors. */
export class Writers {
  readonly #context: SourceContext
  readonly #known = new BoundedMap<number, { ref: ProcessRef; at: number }>(4096)

  constructor(context: SourceContext) {
    this.#context = context
  }

  ref(pid: number, now: number): ProcessRef | undefined {
    // 0 is the kernel itself, or a process that this namespace does not see.
    if (pid <= 0) return undefined
    const known = this.#known.get(pid)
    // The clock may have been set back.
    if (known && Math.abs(now - known.at) < goodFor) return known.ref
    const startTicks = startOf(pid)
    if (startTicks === undefined) return known?.ref ?? this.#context.processOf(pid)
    const ref = known?.ref.startTicks === startTicks ? known.ref : { pid, startTicks }
    this.#known.set(pid, { ref, at: now })
    return ref
  }
}

/** Field 22 of /proc/<pid>/stat; the name before it may hold anything. */
function startOf(pid: number): number | undefined {
  const text = readProc(`/proc/${pid}/stat`)
  const ticks = Number(text.slice(text.lastIndexOf(')') + 2).split(' ', 20)[19])
  return Number.isSafeInteger(ticks) && text !== '' ? ticks : undefined
}
