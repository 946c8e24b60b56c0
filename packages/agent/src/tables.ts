import { allJournalTables, openJournalPort } from '@quarry/journals/tables'
import { openScoring } from '@quarry/scoring'
import { allTables as hostTables } from '@quarry/tables/registry'
import type { SandboxHost } from '@quarry/tables/sandbox'

/** Every table of the agent: those of the machine as it is, and those of what happened on it. */
export async function allTables() {
  return [...(await hostTables()), ...(await allJournalTables())]
}

/** What these tables read from. */
export function openPorts({ cacheDir, journalDir }: SandboxHost) {
  return {
    scores: openScoring(cacheDir),
    ...(journalDir !== undefined && { journals: openJournalPort(journalDir) }),
  }
}
