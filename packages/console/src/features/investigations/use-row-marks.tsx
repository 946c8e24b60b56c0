import { getTrail } from '@quarry/schema/endpoints/pivots'
import type { ResultItem } from '@quarry/schema/endpoints/run-results'
import { IconFlagFilled } from '@tabler/icons-react'
import { type ReactNode, useCallback, useMemo } from 'react'
import { useCall } from '../../api.ts'
import { rowKey } from './row-key.ts'

const colours = {
  malicious: 'var(--q-bad)',
  suspicious: 'var(--q-fair)',
  benign: 'var(--q-good)',
  unclear: 'var(--q-dimmed)',
}

/** Draws a flag beside the rows of a run that were marked as findings. The function changes only with the marks. */
export function useRowMarks(runId: string): (row: ResultItem) => ReactNode {
  const { data } = useCall(getTrail, { params: { id: runId } }, { staleTime: 60_000 })
  const findings = data?.findings
  const byRow = useMemo(
    () => new Map((findings ?? []).map((finding) => [rowKey(finding.row ?? {}), finding])),
    [findings],
  )
  return useCallback(
    (row: ResultItem) => {
      const finding = byRow.size > 0 ? byRow.get(rowKey(row)) : undefined
      if (!finding) return null
      const verdict = finding.verdict ?? 'unclear'
      const words = `Finding, ${verdict}${finding.text ? `: ${finding.text}` : ''}`
      return (
        <span role="img" aria-label={words} data-tip={words}>
          <IconFlagFilled size={12} aria-hidden style={{ color: colours[verdict] }} />
        </span>
      )
    },
    [byRow],
  )
}
