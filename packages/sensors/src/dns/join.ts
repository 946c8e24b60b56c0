import type { ProcessRef, SensorEvent } from '@quarry/schema/events'
import type { DnsMessage } from './parse-message.ts'

/** A question or an answer on its way between a process and a server. */
export interface DnsTraffic {
  /** Wall clock in milliseconds. */
  at: number
  /** Port of the one that asked. */
  port: number
  /** Address of the server. */
  server: string
  /** Inode of the network namespace, where known: ports repeat in each. */
  netns?: number
  message: DnsMessage
}

export interface DnsJoin {
  /** A question was sent. The same one again (another server, a repeat) within 5 s is not told twice. */
  asked(question: DnsTraffic & { process?: ProcessRef }): void
  /** An answer came. Without its question it is told alone, with the process when the source knows it. */
  answered(answer: DnsTraffic & { process?: ProcessRef }): void
  /** Tells the questions that were not answered within 5 s. `now` is the wall clock in milliseconds. */
  tick(now: number): void
}

type DnsEvent = Extract<SensorEvent, { type: 'dns' }>
interface Waiting {
  event: DnsEvent
  since: number
}

const PATIENCE_MS = 5000

/**
 * Joins questions with their answers, by port, id, name and type. Bounded: beyond `limit` the oldest is told without its answer.
 * @param emit called once for each question
 */
export function createDnsJoin(emit: (event: DnsEvent) => void, limit = 10_000): DnsJoin {
  /** In the order of asking, which is the order of patience running out. */
  const waiting = new Map<string, Waiting>()
  /** Answered a moment ago: a second answer (a repeat, a second source) is no news. */
  const done = new Map<string, number>()

  const finish = (key: string, event: DnsEvent, now: number) => {
    waiting.delete(key)
    done.delete(key)
    done.set(key, now)
    if (done.size > limit) done.delete(done.keys().next().value!)
    emit(event)
  }

  return {
    asked(question) {
      const key = keyOf(question)
      const before = waiting.get(key)
      if (before) {
        before.event.process ??= question.process
        return
      }
      if (waiting.size >= limit) giveUp(waiting, emit)
      done.delete(key)
      waiting.set(key, { event: eventOf(question), since: question.at })
    },
    answered(answer) {
      const key = keyOf(answer)
      const question = waiting.get(key)
      if (!question && done.has(key)) return
      const event = question?.event ?? eventOf(answer)
      event.process ??= answer.process
      const { answers, responseCode } = answer.message
      finish(key, Object.assign(event, { answers, responseCode, server: answer.server }), answer.at)
    },
    tick(now) {
      // A clock that was set back must not keep a question forever.
      const expired = (since: number) => now - since >= PATIENCE_MS || since > now + PATIENCE_MS
      for (const { since } of waiting.values()) {
        if (!expired(since)) break
        giveUp(waiting, emit)
      }
      for (const [key, since] of done) {
        if (!expired(since)) break
        done.delete(key)
      }
    },
  }
}

function giveUp(waiting: Map<string, Waiting>, emit: (event: DnsEvent) => void): void {
  const [key, { event }] = waiting.entries().next().value!
  waiting.delete(key)
  emit(event)
}

function keyOf({ netns, port, message }: DnsTraffic): string {
  return `${netns ?? ''} ${port} ${message.id} ${message.question} ${message.name}`
}

function eventOf({ at, process, server, message }: DnsTraffic & { process?: ProcessRef }): DnsEvent {
  const { name, question } = message
  return { type: 'dns', at, process, name, question, answers: [], responseCode: '', server }
}
