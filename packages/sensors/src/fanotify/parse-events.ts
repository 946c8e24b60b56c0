import { happened } from './calls.ts'

/**
 * A folder or file by its handle: the id of its file system (8 bytes) and a `struct file_handle`, a character for each byte. A string
 * and no buffer, as thousands come at once and most are only looked up.
 */
export type Target = string
export const fsidOf = (target: Target) => target.slice(0, 8)
export const handleOf = (target: Target) => Buffer.from(target.slice(8), 'latin1')

/** A name in a folder, its bytes one character each. */
export interface Place {
  folder: Target
  name: string
}

/** One event as the kernel told it. Events of one process on one file may have been merged into one. */
export interface FileEvent {
  mask: number
  pid: number
  /** Where it happened; for a rename the old name. Absent when only the file itself was named. */
  place?: Place
  /** The new name of a rename. */
  newPlace?: Place
  /** The file itself. */
  target?: Target
}

const metadataSize = 24
const version = 3
const infoFid = 1
const infoDfidName = 2
const infoOldName = 10
const infoNewName = 12

/**
 * Reads what a fanotify group handed over (fanotify(7)). What does not fit the format ends the reading, as nothing after it can be
 * found.
 */
export function parseEvents(buffer: Buffer, length: number): FileEvent[] {
  const events: FileEvent[] = []
  for (let at = 0; at + metadataSize <= length; ) {
    const size = buffer.readUInt32LE(at)
    if (size < metadataSize || at + size > length || buffer[at + 4] !== version) break
    const event: FileEvent = { mask: buffer.readUInt32LE(at + 8), pid: buffer.readInt32LE(at + 20) }
    addRecords(event, buffer, at + buffer.readUInt16LE(at + 6), at + size)
    events.push(event)
    at += size
  }
  return events
}

function addRecords(event: FileEvent, buffer: Buffer, start: number, end: number) {
  for (let at = start; at + 4 <= end; ) {
    const type = buffer[at]
    const size = buffer.readUInt16LE(at + 2)
    if (size < 4 || at + size > end) return
    if (type === infoFid) event.target = target(buffer, at, at + size)
    else if (type === infoDfidName || type === infoOldName) event.place = place(buffer, at, at + size)
    else if (type === infoNewName) event.newPlace = place(buffer, at, at + size)
    at += size
  }
}

/** A record is a header of 4 bytes, the file system's id of 8, and a handle: its length, its type, its bytes. */
function target(buffer: Buffer, at: number, end: number): Target | undefined {
  if (at + 20 > end) return undefined
  const handleEnd = at + 20 + buffer.readUInt32LE(at + 12)
  if (handleEnd > end) return undefined
  return buffer.toString('latin1', at + 4, handleEnd)
}

function place(buffer: Buffer, at: number, end: number): Place | undefined {
  const folder = target(buffer, at, end)
  if (folder === undefined) return undefined
  const nameAt = at + 4 + folder.length
  const zero = buffer.indexOf(0, nameAt)
  return { folder, name: buffer.toString('latin1', nameAt, zero < 0 || zero > end ? end : zero) }
}

/** Whether the event has any of these happenings. */
export const has = (event: FileEvent, what: keyof typeof happened) => (event.mask & happened[what]) !== 0
