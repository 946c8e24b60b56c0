import { readFileSync } from 'node:fs'
import type { ProcessRef, SensorEvent, SensorEventType } from '@quarry/schema/events'
import { BootClock } from '../../clock.ts'
import { libc } from '../../libc.ts'
import type { SourceContext } from '../../source.ts'
import bpf from '../../sources/bpf.ts'
import { type Alone, openAlone } from '../../testing/open-alone.ts'
import { openObject } from '../open-object.ts'

type EventOf<T extends SensorEventType> = Extract<SensorEvent, { type: T }>

export interface Here extends Alone {
  /** Waits for an event of a type that is as wanted. @throws Error when none came */
  event<T extends SensorEventType>(type: T, wanted: (event: EventOf<T>) => boolean): Promise<EventOf<T>>
  /** Events of a type so far. */
  all<T extends SensorEventType>(type: T, wanted: (event: EventOf<T>) => boolean): EventOf<T>[]
}

/** Why this host does not allow BPF; undefined when it does. Tests skip with it. */
export function whyNoBpf(): string | undefined {
  try {
    openObject(['on_exit']).close()
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

/** The BPF source at work, with the clock of this host. */
export async function openHere(options: Partial<SourceContext> = {}): Promise<Here> {
  const clock = new BootClock(libc)
  const alone = await openAlone(bpf, { wallMillis: (nanos) => clock.wallMillis(nanos), ...options })
  const all: Here['all'] = (type, wanted) =>
    alone.events.filter(
      (event): event is EventOf<typeof type> => event.type === type && wanted(event as never),
    )
  return {
    ...alone,
    all,
    async event(type, wanted) {
      await alone.until(() => all(type, wanted).length > 0)
      const found = all(type, wanted)[0]
      if (!found) throw new Error(`No such ${type} came.`)
      return found
    },
  }
}

/** A process that runs, as /proc/<pid>/stat names its start. */
export function processNow(pid: number): ProcessRef {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  return { pid, startTicks: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]) }
}
