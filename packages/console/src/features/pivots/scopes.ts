import type { MatchEndpoints } from '@quarry/schema/endpoints/endpoints'
import type { Run } from '@quarry/schema/endpoints/runs'
import type { Subject } from './subject.ts'

/** Which devices the next question goes to. */
export interface Scope {
  id: 'rows' | 'same' | 'all'
  label: string
  match: MatchEndpoints
}

/**
 * The devices that a pivot can ask, the one that is meant unless somebody says otherwise first: a process exists on one device, all else
 * may turn up anywhere that was asked.
 */
export function scopesOf(
  run: Pick<Run, 'matchEndpoints' | 'endpointCounts'>,
  subject: Pick<Subject, 'rows' | 'type'>,
): Scope[] {
  const ids = [...new Set(subject.rows.map((row) => String(row.endpointId)))]
  const rows: Scope = {
    id: 'rows',
    label: ids.length === 1 ? 'This device' : `These ${ids.length}`,
    match: { filters: [{ ids }] },
  }
  const all: Scope = { id: 'all', label: 'All devices', match: { all: true } }
  const isAll = 'all' in run.matchEndpoints
  const same: Scope[] =
    isAll || run.endpointCounts.total === ids.length
      ? []
      : [{ id: 'same', label: 'Same devices', match: run.matchEndpoints }]
  const wide = [...same, all]
  return subject.type === 'sophosPid' ? [rows, ...wide] : isAll ? [all, rows] : [...same, rows, all]
}
