const HEADER = 16

/** One `struct inotify_event`. */
export interface WatchEvent {
  watch: number
  mask: number
  /** The same in both halves of a rename. */
  cookie: number
  /** Name within the folder, one character for each byte; empty for the folder itself. */
  name: string
}

export function parseEvents(bytes: Buffer, length: number): WatchEvent[] {
  const events: WatchEvent[] = []
  for (let at = 0; at + HEADER <= length; ) {
    const nameBytes = bytes.readUInt32LE(at + 12)
    const name = bytes.toString('latin1', at + HEADER, Math.min(length, at + HEADER + nameBytes))
    events.push({
      watch: bytes.readInt32LE(at),
      mask: bytes.readUInt32LE(at + 4),
      cookie: bytes.readUInt32LE(at + 8),
      name: name.slice(0, name.indexOf('\0') < 0 ? undefined : name.indexOf('\0')),
    })
    at += HEADER + nameBytes
  }
  return events
}
