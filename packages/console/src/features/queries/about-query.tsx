import { Anchor } from '@mantine/core'
import type { Query } from '@quarry/schema/endpoints/queries'
import { Link } from '@tanstack/react-router'
import { When } from '../../components/when.tsx'
import classes from './about-query.module.css'
import { platformNames } from './platforms.ts'

/** What a query tells and where it comes from. */
export function AboutQuery({ query }: { query: Query }) {
  const { lastRun, attack, references, categories } = query
  return (
    <section aria-label="About this query" className={classes.about}>
      <p className={classes.description}>{query.description.trim()}</p>
      <ul className={classes.facts}>
        <li>
          {query.type === 'canned'
            ? 'Shipped with Quarry'
            : `Custom${query.createdBy ? `, by ${query.createdBy.name}` : ''}`}
        </li>
        {categories.length > 0 && <li>{categories.map(({ name }) => name).join(', ')}</li>}
        <li>{platformNames(query.supportedOSes)}</li>
        {attack.length > 0 && (
          <li>
            ATT&CK{' '}
            {attack.map((technique, index) => (
              <span key={technique}>
                {index > 0 && ', '}
                <Anchor
                  inherit
                  href={`https://attack.mitre.org/techniques/${technique.replace('.', '/')}/`}
                  target="_blank"
                  rel="noreferrer"
                >
                  {technique}
                </Anchor>
              </span>
            ))}
          </li>
        )}
        {references
          .filter((url) => /^https?:/.test(url))
          .map((url) => (
            <li key={url}>
              <Anchor inherit href={url} target="_blank" rel="noreferrer">
                {new URL(url).hostname}
              </Anchor>
            </li>
          ))}
        {lastRun && (
          <li>
            <Anchor
              inherit
              renderRoot={(props) => (
                <Link to="/live-discover/runs/$runId" params={{ runId: lastRun.id }} {...props} />
              )}
            >
              last run
            </Anchor>{' '}
            <When at={lastRun.createdAt} />
          </li>
        )}
      </ul>
    </section>
  )
}
