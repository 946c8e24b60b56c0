import { ActionIcon } from '@mantine/core'
import { listConnectors } from '@quarry/schema/endpoints/connectors'
import { IconPlayerStop, IconRefresh, IconX } from '@tabler/icons-react'
import { useCall } from '../../api.ts'
import { troubleOf } from '../../errors.ts'
import classes from './enrich-bar.module.css'
import { type EnrichedColumn, keyOf } from './enriched-column.ts'
import { quotaWords } from './quota-words.ts'
import type { Progress } from './use-enriching.ts'

interface Props {
  columns: readonly EnrichedColumn[]
  progress: ReadonlyMap<string, Progress>
  onAsk: (column: EnrichedColumn) => void
  onStop: (column: EnrichedColumn) => void
  onRemove: (column: EnrichedColumn) => void
}

/** The columns that connectors add, with how far the asking is, what was not sent and why, and what is left. */
export function EnrichBar({ columns, progress, onAsk, onStop, onRemove }: Props) {
  const connectors = useCall(listConnectors, { query: { usable: 'true' } }, { staleTime: 60_000 })
  return (
    <div className={classes.bar}>
      {columns.map((each) => {
        const name = connectors.data?.items.find(({ id }) => id === each.connectorId)?.name ?? 'Connector'
        const label = `${name} of ${each.column}`
        const state = progress.get(keyOf(each))
        return (
          <div key={keyOf(each)} className={classes.chip} role="status" aria-label={label}>
            <b>{name}</b> <span className="dimmed">{each.column}</span>
            <Words progress={state} />
            {state?.asking ? (
              <ActionIcon
                size={20}
                aria-label={`Stop asking ${label}`}
                title="Stop"
                onClick={() => onStop(each)}
              >
                <IconPlayerStop size={13} />
              </ActionIcon>
            ) : (
              <ActionIcon
                size={20}
                aria-label={`Ask ${label}`}
                title="Ask about the values that have no answer yet"
                onClick={() => onAsk(each)}
              >
                <IconRefresh size={13} />
              </ActionIcon>
            )}
            <ActionIcon
              size={20}
              aria-label={`Remove ${label}`}
              title="Remove"
              onClick={() => onRemove(each)}
            >
              <IconX size={13} />
            </ActionIcon>
          </div>
        )
      })}
    </div>
  )
}

function Words({ progress }: { progress: Progress | undefined }) {
  if (!progress) return <span className="dimmed">what is known already</span>
  const { asking, found, notFound, reasons, quota, error, beyond = 0 } = progress
  const without = [...reasons.values()].reduce((sum, count) => sum + count, 0)
  const why = [...reasons].map(([reason, count]) => `${count.toLocaleString('en')} × ${reason}`).join('\n')
  return (
    <>
      <span className="numbers">
        {asking ? 'asking… ' : ''}
        {found.toLocaleString('en')} found, {notFound.toLocaleString('en')} unknown
      </span>
      {without > 0 && (
        <span className={classes.without} title={why}>
          {without.toLocaleString('en')} without an answer
        </span>
      )}
      {beyond > 0 && (
        <span className={classes.without} title="The 10,000 values on the fewest devices were asked about.">
          {beyond.toLocaleString('en')} not asked about
        </span>
      )}
      {error !== undefined && <span className={classes.without}>{troubleOf(error).message}</span>}
      {quota && <span className="dimmed numbers">{quotaWords(quota)}</span>}
    </>
  )
}
