import { Button, SegmentedControl } from '@mantine/core'
import type { Cell } from '@quarry/schema'
import { groupResults, type ResultColumn } from '@quarry/schema/endpoints/run-results'
import type { Run } from '@quarry/schema/endpoints/runs'
import { IconArrowLeft } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useCall } from '../../api.ts'
import { cellKind } from '../../components/cells/cell-kind.ts'
import { ValueCell } from '../../components/cells/value-cell.tsx'
import { Empty } from '../../components/empty.tsx'
import { Bars } from '../../components/loaded.tsx'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { countedCell } from '../pivots/counted-cells.ts'
import { PrevalenceLine } from '../pivots/prevalence-line.tsx'
import { type PrevalenceOf, usePrevalence } from '../pivots/use-prevalence.ts'
import classes from './group-panel.module.css'
import type { LiveRun } from './live-run.ts'
import { counted } from './run-words.ts'
import { addFilter, filterFor, selectionOf } from './selection.ts'
import { useRunSearch } from './use-run-search.ts'

/** Values that are read at most; the rare ones, which matter most, come first. */
const LIMIT = 500

interface Props {
  run: Run
  live: LiveRun
  column: string
  columns: readonly ResultColumn[]
}

/** The values of a column with the number of rows and devices that have them. A click on one filters by it. */
export function GroupPanel({ run, live, column, columns }: Props) {
  const [search, patch] = useRunSearch()
  const { filter, search: text, enrich } = selectionOf(search)
  const query = { column, order: search.order ?? 'rare', limit: LIMIT, filter, search: text, enrich } as const
  const groups = useCall(groupResults, { params: { id: run.id }, query }, { staleTime: Infinity })
  const [seen, setSeen] = useState(live.rows)
  // The count at the moment when the groups were read.
  useEffect(() => setSeen(live.rows), [groups.dataUpdatedAt])
  const fresh = live.rows - seen
  const isEmpty = groups.data?.items.length === 0
  const { refetch } = groups
  useEffect(() => {
    if (isEmpty && fresh > 0) void refetch()
  }, [isEmpty, fresh, refetch])

  const most = Math.max(1, ...(groups.data?.items ?? []).map(({ count }) => count))
  const shape: ResultColumn = columns.find(({ name }) => name === column) ?? { name: column, type: 'text' }
  const kind = cellKind(shape)
  const devices = run.endpointCounts.total
  const values = (groups.data?.items ?? []).flatMap(({ value }) => countedCell(shape.pivotType, value) ?? [])
  const prevalence = usePrevalence(values)
  return (
    <section className={classes.panel} aria-label={`Rows counted by ${column}`}>
      <div className={classes.head}>
        <Button
          variant="default"
          leftSection={<IconArrowLeft size={14} aria-hidden />}
          onClick={() => patch({ group: undefined })}
        >
          All rows
        </Button>
        <SegmentedControl
          aria-label="Order of the values"
          value={search.order ?? 'rare'}
          data={[
            { value: 'rare', label: 'Rare first' },
            { value: 'common', label: 'Common first' },
            { value: 'value', label: 'By value' },
          ]}
          onChange={(order) =>
            patch({ order: order === 'rare' ? undefined : (order as 'common' | 'value') }, { replace: true })
          }
        />
        {groups.data && (
          <span className="dimmed numbers">
            {counted(groups.data.groups, 'value')}
            {groups.data.groups > groups.data.items.length &&
              `, the first ${groups.data.items.length} are shown`}
          </span>
        )}
        {fresh > 0 && !isEmpty && (
          <Button variant="light" size="compact-sm" onClick={() => void refetch()}>
            {counted(fresh, 'new row')} · Refresh
          </Button>
        )}
      </div>
      {groups.error && (
        <TroubleBox
          error={groups.error}
          title="The values could not be counted"
          onRetry={() => void refetch()}
        />
      )}
      {groups.isPending && <Bars count={8} height={22} />}
      {isEmpty && <Empty title="No row to count">No row has come yet, or the filters leave none.</Empty>}
      {groups.data && !isEmpty && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{column}</th>
              <th scope="col" className={classes.number}>
                Rows
              </th>
              <th scope="col" aria-hidden />
              <th scope="col" className={classes.number}>
                Devices
              </th>
              {values.length > 0 && (
                <th scope="col" title="On how many of all devices, by the results of all runs.">
                  Anywhere
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {groups.data.items.map(({ value, count, devices: on }) => (
              <tr key={`${typeof value}:${value}`}>
                <td>
                  <button
                    type="button"
                    className={classes.value}
                    onClick={() =>
                      patch({
                        filter: addFilter(search.filter, filterFor(column, value, true)),
                        group: undefined,
                        row: undefined,
                      })
                    }
                  >
                    <ValueCell kind={kind} scale={shape.scale} value={value} />
                  </button>
                </td>
                <td className={classes.number}>{count.toLocaleString('en')}</td>
                <td className={classes.share} aria-hidden>
                  <span style={{ width: `${Math.max(1, (count / most) * 100)}%` }} />
                </td>
                <td className={classes.number}>
                  {on.toLocaleString('en')} <span className="dimmed">of {devices.toLocaleString('en')}</span>
                </td>
                {values.length > 0 && (
                  <td>
                    <Anywhere prevalence={prevalence} type={shape.pivotType} value={value} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

interface AnywhereProps {
  prevalence: PrevalenceOf | undefined
  type: ResultColumn['pivotType']
  value: Cell
}

function Anywhere({ prevalence, type, value }: AnywhereProps) {
  const seen = prevalence?.of(type, value)
  return seen ? <PrevalenceLine prevalence={seen} devices={prevalence!.devices} /> : null
}
