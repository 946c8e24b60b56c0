import type { Run } from '@quarry/schema/endpoints/runs'
import { Link } from '@tanstack/react-router'
import { formatDuration } from '../../components/cells/format-duration.ts'
import list from '../../components/list.module.css'
import { StateMark } from '../../components/state-mark.tsx'
import { When } from '../../components/when.tsx'
import { devicesFinished, runState } from './run-state.ts'

function lengthOf({ createdAt, finishedAt }: Run): string {
  return finishedAt ? formatDuration(Date.parse(finishedAt) - Date.parse(createdAt)) : '…'
}

/** Runs as a table: state, name, devices, rows, who and when. */
export function RunTable({ runs }: { runs: Run[] }) {
  return (
    <div className={list.frame}>
      <table className={list.list}>
        <thead>
          <tr>
            <th className={list.fit}>State</th>
            <th>Query</th>
            <th className={list.number}>Devices</th>
            <th className={list.number}>Rows</th>
            <th className={list.number}>Took</th>
            <th>By</th>
            <th className={list.fit}>Started</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => {
            const { word, tone } = runState(run)
            return (
              <tr key={run.id}>
                <td className={list.fit}>
                  <StateMark tone={tone}>{word}</StateMark>
                </td>
                <td>
                  <Link to="/live-discover/runs/$runId" params={{ runId: run.id }}>
                    {run.name}
                  </Link>
                  {run.variables.some(({ value }) => value) && (
                    <span className="dimmed" style={{ marginLeft: 8 }}>
                      {run.variables
                        .filter(({ value }) => value)
                        .map(({ name, value }) => `${name} = ${value}`)
                        .join(', ')
                        .slice(0, 120)}
                    </span>
                  )}
                </td>
                <td className={list.number}>
                  {run.status === 'finished'
                    ? run.endpointCounts.total
                    : `${devicesFinished(run)} of ${run.endpointCounts.total}`}
                </td>
                <td className={list.number}>
                  {run.resultsExpired ? (
                    <span className="dimmed">not kept</span>
                  ) : (
                    run.resultCount.toLocaleString('en')
                  )}
                </td>
                <td className={list.number}>{lengthOf(run)}</td>
                <td className={list.nowrap}>{run.createdBy.name}</td>
                <td className={list.fit}>
                  <When at={run.createdAt} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
