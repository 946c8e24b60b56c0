import { Modal } from '@mantine/core'
import type { PivotType } from '@quarry/schema'
import { linkOf } from '@quarry/schema/connectors/link-template'
import { type ConnectorSummary, listConnectors } from '@quarry/schema/endpoints/connectors'
import { IconExternalLink } from '@tabler/icons-react'
import { useState } from 'react'
import { useCall } from '../../api.ts'
import { Empty } from '../../components/empty.tsx'
import { Loaded } from '../../components/loaded.tsx'
import classes from './enrichment.module.css'
import { EnrichmentCard } from './enrichment-card.tsx'
import { EnrichmentTable } from './enrichment-table.tsx'

interface Props {
  type: PivotType
  /** One value, or several of a kind. */
  values: readonly string[]
  /** The connector to ask first; without it nothing is sent until one is chosen. */
  connectorId?: string
  runId?: string
  onClose: () => void
}

/** What connectors can say of a value, or of several: choose one at the left, its answer stands at the right. */
export function EnrichmentDialog({ type, values, connectorId, runId, onClose }: Props) {
  const connectors = useCall(listConnectors, { query: { type, usable: 'true' } })
  const [value = ''] = values
  const several = values.length > 1
  const [chosen, setChosen] = useState(connectorId)
  return (
    <Modal opened onClose={onClose} title="Enrichment" size={several ? 1100 : 820}>
      <Loaded call={connectors} failed="The connectors could not be read">
        {({ items }) => {
          const connector = items.find(({ id }) => id === chosen)
          return (
            <div className={classes.dialog}>
              <ul className={classes.services} aria-label="Connectors">
                {inOrder(items, several).map((each) => (
                  <li key={each.id}>
                    {each.kind === 'link' ? (
                      <TabLink connector={each} value={value} />
                    ) : (
                      <Service
                        connector={each}
                        chosen={each.id === chosen}
                        onChoose={() => setChosen(each.id)}
                      />
                    )}
                  </li>
                ))}
              </ul>
              {connector && several ? (
                <EnrichmentTable
                  key={connector.id}
                  connector={connector}
                  type={type}
                  values={values}
                  runId={runId}
                />
              ) : connector ? (
                <EnrichmentCard
                  key={connector.id}
                  connector={connector}
                  type={type}
                  value={value}
                  runId={runId}
                />
              ) : (
                <Empty title="Choose a connector">
                  Nothing was sent yet. {several ? `The ${values.length} values go` : 'The value goes'} only
                  to the one that you choose.
                </Empty>
              )}
            </div>
          )
        }}
      </Loaded>
    </Modal>
  )
}

/** Those that can be asked first, then links (for one value alone), then what is not ready. */
function inOrder(items: readonly ConnectorSummary[], several: boolean): ConnectorSummary[] {
  const rank = ({ kind, state }: ConnectorSummary) => (state.code !== 'ready' ? 2 : kind === 'link' ? 1 : 0)
  return items.filter(({ kind }) => !several || kind !== 'link').sort((a, b) => rank(a) - rank(b))
}

function Service(props: { connector: ConnectorSummary; chosen: boolean; onChoose: () => void }) {
  const { connector, chosen, onChoose } = props
  const { state, quota } = connector
  const ready = state.code === 'ready'
  return (
    <button
      type="button"
      className={classes.service}
      aria-pressed={chosen}
      {...(!ready && { 'data-unready': true })}
      title={ready ? connector.description : state.message}
      onClick={onChoose}
    >
      <span className="ellipsis">{connector.name}</span>
      <span className={classes.left}>
        {ready
          ? quota?.left !== undefined && `${quota.left.toLocaleString('en')} left`
          : shortState[state.code]}
      </span>
    </button>
  )
}

const shortState = {
  ready: '',
  disabled: 'off',
  needsSecret: 'needs a key',
  needsFile: 'needs a file',
  unauthorized: 'key refused',
  resting: 'resting',
  waiting: 'waiting',
  quotaUsed: 'none left',
} as const

function TabLink({ connector, value }: { connector: ConnectorSummary; value: string }) {
  return (
    <a
      className={classes.service}
      href={linkOf(connector.url!, value)}
      target="_blank"
      rel="noopener noreferrer"
      title={connector.description}
    >
      <span className="ellipsis">{connector.name}</span>
      <IconExternalLink size={13} aria-label="opens a tab" />
    </a>
  )
}
