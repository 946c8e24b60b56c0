import { parseHead, recordType } from './record.ts'

/** The records of one call of the kernel, from their bodies on: each begins with a space, as a field does. */
export interface AuditEvent {
  /** Wall clock in milliseconds since 1970. */
  at: number
  syscall: string
  execve: string[]
  paths: string[]
  cwd?: string
  address?: string
  socketcall?: string
}

interface Partial extends AuditEvent {
  began: number
}

/** An event whose end mark does not come was lost in part: it is told as far as it is known. */
const PATIENCE_MILLIS = 2000
/** So many at once are events of processes that were stopped in the middle; each CPU has one at work. */
const MOST = 4096

/** Joins the records that belong to one event; those of several processes come mixed. */
export class Assembler {
  #take: (event: AuditEvent) => void
  #partial = new Map<string, Partial>()

  constructor(take: (event: AuditEvent) => void) {
    this.#take = take
  }

  /** Takes a record as it came from the kernel, without the netlink header. */
  add(type: number, text: string): void {
    const head = parseHead(text)
    if (!head) return
    if (type === recordType.END) {
      const event = this.#partial.get(head.serial)
      this.#partial.delete(head.serial)
      if (event) this.#finish(event)
      return
    }
    const body = () => text.slice(head.body)
    if (type === recordType.SYSCALL) {
      this.#eventOf(head).syscall = body()
      return
    }
    // Records before or without that of their call belong to what nobody asked for.
    const event = this.#partial.get(head.serial)
    if (!event) return
    if (type === recordType.EXECVE) event.execve.push(body())
    else if (type === recordType.PATH) event.paths.push(body())
    else if (type === recordType.CWD) event.cwd = body()
    else if (type === recordType.SOCKADDR) event.address = body()
    else if (type === recordType.SOCKETCALL) event.socketcall = body()
  }

  /** Tells events whose end is overdue. */
  expire(now = performance.now()): void {
    for (const [serial, event] of this.#partial) {
      if (now - event.began < PATIENCE_MILLIS && this.#partial.size <= MOST) return
      this.#partial.delete(serial)
      this.#finish(event)
    }
  }

  #eventOf({ serial, at }: { serial: string; at: number }): Partial {
    const event = { at, syscall: '', execve: [], paths: [], began: performance.now() }
    this.#partial.set(serial, event)
    return event
  }

  #finish({ began: _, ...event }: Partial) {
    this.#take(event)
  }
}
