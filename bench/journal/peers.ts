import type { GeneratedEvent } from './host.ts'
import type { Needles } from './questions.ts'

/** The same events kept by another program. */
export interface Peer {
  name: string
  folder: string
  /** Takes a day. */
  add(events: readonly GeneratedEvent[]): Promise<void>
  /** Ends the writing. Figures beyond the bytes. */
  finish(): Promise<Record<string, number>>
  /** Opens what is on disk; each question returns how many rows it found. */
  open(): Promise<Asked>
}

export interface Asked {
  ask(needles: Needles): Record<Question, () => Promise<number>>
  /** CPU time of the process that answered last, where it is one of its own. */
  cpuMs?(): number
  close(): void
}

export type Question = 'spid90d' | 'sha90d' | 'hour' | 'likeDay' | 'countByPath90d'
