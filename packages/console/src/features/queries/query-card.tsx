import { Badge } from '@mantine/core'
import type { Query } from '@quarry/schema/endpoints/queries'
import { Link } from '@tanstack/react-router'
import { When } from '../../components/when.tsx'
import { CostLine } from './cost-line.tsx'
import { platformNames } from './platforms.ts'
import classes from './query-card.module.css'

interface Props {
  query: Query
  designer: boolean
  /** The one device that it would be for. */
  device: string | undefined
}

/** One query of the catalogue. The whole card is its link. */
export function QueryCard({ query, designer, device }: Props) {
  const { lastRun } = query
  return (
    <article className={classes.card}>
      <div className={classes.top}>
        <h2 className={classes.name}>
          <Link
            to="/live-discover/queries/$queryId"
            params={{ queryId: query.id }}
            search={device ? { devices: { mode: 'chosen', ids: [device] } } : {}}
            className={classes.link}
          >
            {query.name}
          </Link>
        </h2>
        {query.type === 'custom' && <Badge color="gray">custom</Badge>}
        <span className={classes.meta}>
          {[...query.categories.map(({ name }) => name), platformNames(query.supportedOSes)].join(' · ')}
        </span>
      </div>
      <p className={classes.description}>{query.description}</p>
      {designer && <pre className={classes.sql}>{query.template.trim()}</pre>}
      <div className={classes.foot}>
        <CostLine performance={query.performance} />
        {lastRun && (
          <span className={classes.meta}>
            last run <When at={lastRun.createdAt} /> · {lastRun.devices}{' '}
            {lastRun.devices === 1 ? 'device' : 'devices'}
          </span>
        )}
      </div>
    </article>
  )
}
