import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import list from '../../components/list.module.css'
import { quotaWords } from '../enrichment/quota-words.ts'
import { ConnectorState } from './connector-state.tsx'
import type { Source } from './scores-sources.ts'

interface Props {
  sources: readonly Source[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}

/** The connectors that can say something of a file by its hash, each to be chosen. */
export function ScoresSourceTable({ sources, chosen, onChange }: Props) {
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
  return (
    <div className={list.frame}>
      <table className={list.list} aria-label="Sources of global reputation">
        <thead>
          <tr>
            <th className={list.fit} aria-label="Ask" />
            <th>Source</th>
            <th>What it says</th>
            <th>Where hashes go</th>
            <th>State</th>
            <th className={list.number}>Quota</th>
          </tr>
        </thead>
        <tbody>
          {sources.map(({ connector, sent, leaves }) => (
            <tr key={connector.id}>
              <td className={list.fit}>
                <Checkbox
                  size="xs"
                  aria-label={`Ask ${connector.name}`}
                  checked={chosen.includes(connector.id)}
                  onChange={() => toggle(connector.id)}
                />
              </td>
              <td className={list.nowrap}>
                <Link to="/settings/connectors/$connectorId" params={{ connectorId: connector.id }}>
                  {connector.name}
                </Link>
              </td>
              <td>{connector.description}</td>
              <td className={list.nowrap}>
                {leaves ? `${sent} to the service` : <span className="dimmed">stay on this server</span>}
              </td>
              <td>
                <ConnectorState connector={connector} />
              </td>
              <td className={`${list.number} ${list.nowrap}`}>{quotaWords(connector.quota)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
