import { accessSync, constants } from 'node:fs'
import { openJournalReader } from '../../store/store.ts'
import type { JournalReader } from '../../store/types.ts'
import { type Ahead, openAhead } from './ahead.ts'

/** Where journal tables read from. */
export interface JournalPort {
  /** The reader, opened when a table first asks; a sentence when there is none at this time. */
  reader(): JournalReader | string
  /** What the tables tell each other while one statement runs. */
  readonly ahead: Ahead
}

declare module '@quarry/tables/host-ports' {
  interface Ports {
    journals?: JournalPort
  }
}

/** The port to a folder of journals, which need not exist yet: a later question finds what an earlier one did not. */
export function openJournalPort(folder: string): JournalPort {
  let reader: JournalReader | undefined
  return {
    ahead: openAhead(),
    reader() {
      if (reader) return reader
      try {
        accessSync(folder, constants.R_OK | constants.X_OK)
        reader = openJournalReader(folder)
        return reader
      } catch (error) {
        return whyNot((error as NodeJS.ErrnoException).code)
      }
    },
  }
}

function whyNot(code: string | undefined): string {
  if (code === 'ENOENT') return 'This device has not recorded anything yet.'
  if (code === 'EACCES') return 'The journals of this device may be read by its agent and by root alone.'
  return `The journals of this device cannot be read${code ? ` (${code})` : ''}.`
}
