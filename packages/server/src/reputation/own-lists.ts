// The organisation's own word on files: it comes before everyone else's.
import type { ReputationSettings } from '@quarry/schema/endpoints/reputation'
import type { Ground } from '../context.ts'
import type { Evidence } from './worth.ts'

const blocked: Evidence = { source: 'own', code: 'blocked', worth: 5, text: 'Your block list holds it.' }
const allowed: Evidence = { source: 'own', code: 'allowed', worth: 95, text: 'Your allow list holds it.' }

/** Finds hashes in the two lists; who is in both is blocked. A list that was deleted holds nothing. */
export function openOwnLists({ db }: Pick<Ground, 'db'>) {
  return async function find(
    { allowListId, blockListId }: ReputationSettings,
    hashes: string[],
  ): Promise<Map<string, Evidence>> {
    const found = new Map<string, Evidence>()
    for (const [id, evidence] of [
      [allowListId, allowed],
      [blockListId, blocked],
    ] as const) {
      if (id === null || hashes.length === 0) continue
      const rows = await db
        .selectFrom('ioc_values')
        .select('value')
        .where('list_id', '=', id)
        .where('type', '=', 'sha256')
        .where('value', 'in', hashes)
        .execute()
      for (const { value } of rows) found.set(value, evidence)
    }
    return found
  }
}
