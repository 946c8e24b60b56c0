import { Button, Menu } from '@mantine/core'
import { listConnectors } from '@quarry/schema/endpoints/connectors'
import type { ResultColumn } from '@quarry/schema/endpoints/run-results'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useCall } from '../../api.ts'
import type { EnrichedColumn } from './enriched-column.ts'
import classes from './enrichment.module.css'
import { quotaWords } from './quota-words.ts'
import { RunMarking } from './run-marking.tsx'

interface Props {
  runId: string
  columns: readonly ResultColumn[]
  onAdd: (column: EnrichedColumn) => void
}

/** Adds what a connector says of a column as columns beside it. Offered are typed columns and connectors that are ready. */
export function EnrichMenu({ runId, columns, onAdd }: Props) {
  const [opened, setOpened] = useState(false)
  const connectors = useCall(listConnectors, { query: { usable: 'true' } }, { enabled: opened })
  const ready = (connectors.data?.items ?? []).filter(
    ({ kind, state }) => kind !== 'link' && state.code === 'ready',
  )
  const offers = columns.flatMap(({ name, pivotType, pivots, enrichment }) => {
    const may = pivotType && !enrichment && (pivots === undefined || pivots.includes('enrichment'))
    const fitting = may ? ready.filter(({ types }) => types.includes(pivotType)) : []
    return fitting.length > 0 ? [{ name, type: pivotType!, connectors: fitting }] : []
  })
  return (
    <Menu position="bottom-end" shadow="md" width={350} opened={opened} onChange={setOpened}>
      <Menu.Target>
        <Button
          variant="default"
          disabled={columns.length === 0}
          rightSection={<IconChevronDown size={13} />}
        >
          Enrich
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={460} style={{ overflow: 'auto' }}>
        {offers.map(({ name, type, connectors: fitting }) => (
          <section key={name} aria-label={name}>
            <Menu.Label>{name}</Menu.Label>
            {fitting.map((connector) => (
              <Menu.Item
                key={connector.id}
                title={`Asks ${connector.name} about each value of ${name} once. ${connector.description}`}
                rightSection={
                  <span className={classes.left}>
                    {connector.quota?.left !== undefined && quotaWords(connector.quota)}
                  </span>
                }
                onClick={() => onAdd({ column: name, type, connectorId: connector.id })}
              >
                {connector.name}
              </Menu.Item>
            ))}
          </section>
        ))}
        {connectors.isError && <p className={classes.note}>The connectors could not be read.</p>}
        {connectors.data && offers.length === 0 && (
          <p className={classes.note}>No connector that is ready takes a value of these columns.</p>
        )}
        <Menu.Divider />
        {opened && <RunMarking runId={runId} />}
      </Menu.Dropdown>
    </Menu>
  )
}
