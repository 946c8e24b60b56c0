interface Member {
  pid: number
  /** When it began to wait. */
  since: number
}

/** Things of one or more processes that wait in a row for the same. */
export class WaitingGroup<T extends Member> {
  #members: T[] = []
  #head = 0
  #counts = new Map<number, number>()

  get size(): number {
    return this.#members.length - this.#head
  }

  push(member: T): void {
    this.#members.push(member)
    this.#counts.set(member.pid, (this.#counts.get(member.pid) ?? 0) + 1)
  }

  /** The first, if all are of one process, so that it cannot be that of another. */
  takeIfSole(): T | undefined {
    return this.#counts.size === 1 ? this.#shift() : undefined
  }

  /** Those that began to wait before a moment. */
  *takeOlder(moment: number): Generator<T> {
    while (this.size > 0 && this.#members[this.#head]!.since < moment) yield this.#shift()!
  }

  #shift(): T | undefined {
    const first = this.#members[this.#head]
    if (!first) return undefined
    this.#head++
    if (this.#head > 1000 && this.#head * 2 > this.#members.length) {
      this.#members = this.#members.slice(this.#head)
      this.#head = 0
    }
    const count = this.#counts.get(first.pid)! - 1
    if (count > 0) this.#counts.set(first.pid, count)
    else this.#counts.delete(first.pid)
    return first
  }
}
