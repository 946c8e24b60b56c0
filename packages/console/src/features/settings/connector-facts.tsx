import type { ConnectorSummary } from '@quarry/schema/endpoints/connectors'
import type { ReactNode } from 'react'
import { quotaWords } from '../enrichment/quota-words.ts'
import { kindWords } from '../pivots/kind-words.ts'
import classes from './connectors.module.css'

const kinds = {
  http: 'asks a service',
  link: 'opens a tab',
  mmdb: 'MaxMind-format file',
  list: 'list in a file',
  bloom: 'bloom filter in a file',
  iocLists: 'your IOC lists',
} as const

/** What a connector is and how it stands. */
export function ConnectorFacts({ connector }: { connector: ConnectorSummary }) {
  const { state, homepage, plainHttp } = connector
  const facts: [name: string, value: ReactNode][] = [
    ['What it says', connector.description],
    ['Kind', `${kinds[connector.kind]}, ${connector.sourceType === 'canned' ? 'shipped' : 'your own'}`],
    ['Asked about', connector.types.map((type) => kindWords[type]).join(', ')],
    ['State', state.message],
    ['Used', quotaWords(connector.quota)],
    ['File', connector.file && <span className="mono">{connector.file}</span>],
    ['Opens', connector.url && <span className="mono">{connector.url}</span>],
    [
      'Encryption',
      plainHttp &&
        'The address is plain http. https is tried first; where nobody speaks it, keys and values go unencrypted.',
    ],
    [
      'Home page',
      homepage && (
        <a href={homepage} target="_blank" rel="noopener noreferrer">
          {homepage}
        </a>
      ),
    ],
  ]
  return (
    <section className={classes.part} aria-label="About">
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}
