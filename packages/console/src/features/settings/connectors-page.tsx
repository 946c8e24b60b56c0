import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { tlpNames } from '@quarry/schema/connectors/tlp'
import { type ConnectorSummary, listConnectors } from '@quarry/schema/endpoints/connectors'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useCall } from '../../api.ts'
import { Empty } from '../../components/empty.tsx'
import list from '../../components/list.module.css'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { quotaWords } from '../enrichment/quota-words.ts'
import { kindWords } from '../pivots/kind-words.ts'
import { ConnectorState } from './connector-state.tsx'
import classes from './connectors.module.css'

const shelves = [
  { value: 'all', label: 'All' },
  { value: 'services', label: 'Services' },
  { value: 'files', label: 'Files' },
  { value: 'links', label: 'Links' },
] as const
type Shelf = (typeof shelves)[number]['value']

/** The connectors: what each is asked about, whether it can be, and what is left of its quota. */
export function ConnectorsPage() {
  const connectors = useCall(listConnectors, { query: {} }, { refetchInterval: 15_000 })
  const [words, setWords] = useState('')
  const [shelf, setShelf] = useState<Shelf>('all')
  return (
    <Page
      title="Connectors"
      note={<span className="dimmed">Services, files and links that values can be taken to.</span>}
      actions={
        <Button
          leftSection={<IconPlus size={15} aria-hidden />}
          renderRoot={(root) => <Link to="/settings/connectors/new" {...root} />}
        >
          Add a connector
        </Button>
      }
    >
      <div className={classes.tools}>
        <TextInput
          aria-label="Search connectors"
          placeholder="Search connectors…"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label="Kind"
          data={[...shelves]}
          value={shelf}
          onChange={(value) => setShelf(value as Shelf)}
        />
      </div>
      <Loaded call={connectors} failed="The connectors could not be read" skeleton={<Bars count={12} />}>
        {({ items }) => {
          const shown = items.filter((each) => onShelf(each, shelf) && hasWords(each, words))
          return shown.length === 0 ? (
            <Empty title="No connector fits">Other words, or another kind, may find one.</Empty>
          ) : (
            <Table connectors={shown} />
          )
        }}
      </Loaded>
    </Page>
  )
}

function Table({ connectors }: { connectors: readonly ConnectorSummary[] }) {
  return (
    <div className={list.frame}>
      <table className={list.list}>
        <thead>
          <tr>
            <th>Name</th>
            <th>Asked about</th>
            <th>State</th>
            <th className={list.fit}>May receive</th>
            <th className={list.number}>Quota</th>
          </tr>
        </thead>
        <tbody>
          {connectors.map((connector) => (
            <tr key={connector.id}>
              <td className={list.nowrap}>
                <Link to="/settings/connectors/$connectorId" params={{ connectorId: connector.id }}>
                  {connector.name}
                </Link>
                {connector.sourceType === 'custom' && <span className="dimmed"> · your own</span>}
                {connector.plainHttp && <span className={classes.plain}> · plain http</span>}
              </td>
              <td title={connector.description}>
                {connector.types.map((type) => kindWords[type]).join(', ')}
              </td>
              <td>
                <ConnectorState connector={connector} />
              </td>
              <td className={list.fit}>{connector.kind === 'link' ? '' : tlpNames[connector.tlp]}</td>
              <td className={`${list.number} ${list.nowrap}`}>{quotaWords(connector.quota)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function onShelf({ kind }: ConnectorSummary, shelf: Shelf): boolean {
  if (shelf === 'all') return true
  return shelf === (kind === 'http' ? 'services' : kind === 'link' ? 'links' : 'files')
}

function hasWords({ name, description, code, types }: ConnectorSummary, words: string): boolean {
  const text = [name, description, code, ...types.map((type) => kindWords[type])].join(' ').toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
