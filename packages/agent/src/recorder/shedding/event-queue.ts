/** What waits to be written, at most: events, and the bytes that they take. */
const maxEvents = 120_000
const maxBytes = 64 << 20

export interface Place {
  subject: string
  shedOrder: number
}

/** Events between the sensors, which must be read at once, and the store. The least valuable go first when there is no room. */
export interface EventQueue<T> {
  readonly size: number
  /** @param bytes about what it takes in memory. */
  push(item: T, place: Place, bytes: number): void
  /** The next one, the most valuable first. */
  take(): T | undefined
}

interface Kept<T> {
  item: T
  subject: string
  bytes: number
}

/**
 * @param orders how many orders of shedding there are.
 * @param shed is told of each event that was given up.
 */
export function openEventQueue<T>(
  orders: number,
  shed: (item: T, subject: string) => void,
  limits: { events: number; bytes: number } = { events: maxEvents, bytes: maxBytes },
): EventQueue<T> {
  const lanes = Array.from({ length: orders }, () => ({ kept: [] as Kept<T>[], first: 0 }))
  let size = 0
  let bytes = 0

  function shift(order: number): Kept<T> | undefined {
    const lane = lanes[order]!
    const next = lane.kept[lane.first]
    if (!next) return undefined
    lane.first++
    size--
    bytes -= next.bytes
    // What was taken is dropped a stretch at a time: a shift of each would move all the others.
    if (lane.first === lane.kept.length) {
      lane.kept = []
      lane.first = 0
    } else if (lane.first >= 4096) {
      lane.kept = lane.kept.slice(lane.first)
      lane.first = 0
    }
    return next
  }
  return {
    get size() {
      return size
    },
    push(item, { subject, shedOrder }, weight) {
      lanes[shedOrder]!.kept.push({ item, subject, bytes: weight })
      size++
      bytes += weight
      for (let order = orders - 1; order >= 0 && (size > limits.events || bytes > limits.bytes); ) {
        const given = shift(order)
        if (given) shed(given.item, given.subject)
        else order--
      }
    },
    take() {
      if (size === 0) return undefined
      for (let order = 0; order < orders; order++) {
        const next = shift(order)
        if (next) return next.item
      }
      return undefined
    },
  }
}
