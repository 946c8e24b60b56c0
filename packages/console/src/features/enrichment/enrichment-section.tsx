import { Menu } from '@mantine/core'
import { unaskable } from '@quarry/schema'
import { linkOf } from '@quarry/schema/connectors/link-template'
import { type ConnectorSummary, listConnectors } from '@quarry/schema/endpoints/connectors'
import { IconExternalLink } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useCall } from '../../api.ts'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { useMay } from '../../session.ts'
import type { Subject } from '../pivots/subject.ts'
import classes from './enrichment.module.css'

interface Props {
  subject: Subject
  /** Opens what a connector says of the values. */
  onOpen: (connectorId: string) => void
}

/** The connectors that a cell can be taken to: those that answer in a card first, then links that open a tab. */
export function EnrichmentSection({ subject, onOpen }: Props) {
  const may = useMay('enrichments:use')
  const mayManage = useMay('connectors:manage')
  const { type, groups, values } = subject
  const [value] = values
  const wanted = may && type !== undefined && groups.has('enrichment') && values.length > 0
  const connectors = useCall(
    listConnectors,
    { query: { type: type ?? 'ipAddress', usable: 'true' } },
    { enabled: wanted, staleTime: 15_000 },
  )
  if (!wanted || value === undefined) return null
  if (connectors.isError)
    return <TroubleBox error={connectors.error} title="The connectors could not be read" />
  const items = connectors.data?.items ?? []
  const several = values.length > 1
  // Of several, each that cannot be sent is explained in its row.
  const why = several ? undefined : unaskable(type, value, 'service')
  const ready = items.filter(({ kind, state }) => kind !== 'link' && state.code === 'ready')
  // A value that means nothing elsewhere can still be looked up in files of one's own.
  const asking = why === undefined ? ready : ready.filter(({ kind }) => kind !== 'http')
  const links = why === undefined && !several ? items.filter(({ kind }) => kind === 'link') : []
  const waiting = items.filter(({ kind, state }) => kind !== 'link' && state.code !== 'ready').length
  if (items.length === 0) return null
  return (
    <section aria-label="Enrichment" className={classes.section} data-shrinks>
      <Menu.Divider />
      <Menu.Label>Enrichment</Menu.Label>
      {why !== undefined && <p className={classes.note}>{why} It is sent to no service.</p>}
      <div className={classes.grid}>
        {asking.map((connector) => (
          <Menu.Item
            key={connector.id}
            title={`${connector.name}: ${connector.description}`}
            classNames={{ itemLabel: classes.label! }}
            onClick={() => onOpen(connector.id)}
            rightSection={<Left connector={connector} />}
          >
            <span className={classes.name} data-enrichment>
              {connector.name}
            </span>
          </Menu.Item>
        ))}
        {links.map((connector) => (
          <Menu.Item
            key={connector.id}
            component="a"
            href={linkOf(connector.url!, value)}
            target="_blank"
            rel="noopener noreferrer"
            title={`${connector.name}: ${connector.description}`}
            classNames={{ itemLabel: classes.label! }}
            rightSection={<IconExternalLink size={13} aria-label="opens a tab" />}
          >
            <span className={classes.name} data-enrichment>
              {connector.name}
            </span>
          </Menu.Item>
        ))}
      </div>
      {mayManage && waiting > 0 && why === undefined && (
        <p className={classes.note}>
          {waiting === 1 ? 'One more is' : `${waiting} more are`} not ready: see{' '}
          <Link to="/settings/connectors">Settings, Connectors</Link>.
        </p>
      )}
    </section>
  )
}

function Left({ connector }: { connector: ConnectorSummary }) {
  const left = connector.quota?.left
  return left === undefined ? null : (
    <span className={classes.left} title={`${left.toLocaleString('en')} requests left today`}>
      {left.toLocaleString('en')}
    </span>
  )
}
