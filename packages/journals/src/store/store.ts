import { Reader } from './reader.ts'
import type { JournalReader, JournalWriter, StoreOptions } from './types.ts'
import { Writer } from './writer.ts'

export type {
  JournalReader,
  JournalState,
  JournalWriter,
  KeptValue,
  Loss,
  Position,
  Range,
  ScanOptions,
  StoredEvent,
  StoreOptions,
} from './types.ts'

/**
 * Opens a folder of journals for writing; it is made when it does not exist.
 * @throws when another process writes to it.
 */
export function openJournalWriter(folder: string, options: StoreOptions = {}): JournalWriter {
  return new Writer(folder, options)
}

/** Opens a folder of journals for reading, in any process. A folder that does not exist (yet) is empty. */
export function openJournalReader(folder: string): JournalReader {
  return new Reader(folder)
}
