import type { ResultItem } from '@quarry/schema/endpoints/run-results'
import type { Run } from '@quarry/schema/endpoints/runs'
import { useMemo, useRef, useState } from 'react'
import { Grid } from '../../components/grid/grid.tsx'
import type { CellPlace, Density } from '../../components/grid/grid-types.ts'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { EnrichBar } from '../enrichment/enrich-bar.tsx'
import { keyOf, removeEnriched } from '../enrichment/enriched-column.ts'
import { EnrichmentDialog } from '../enrichment/enrichment-dialog.tsx'
import { useEnriching } from '../enrichment/use-enriching.ts'
import { MarkRow } from '../investigations/mark-row.tsx'
import { useRowMarks } from '../investigations/use-row-marks.tsx'
import { AddToList } from '../ioc-lists/add-to-list.tsx'
import { type Subject, subjectOf } from '../pivots/subject.ts'
import { CellMenu } from './cell-menu.tsx'
import { ColumnMenu } from './column-menu.tsx'
import { FilterBar } from './filter-bar.tsx'
import { GroupPanel } from './group-panel.tsx'
import { keepDensity, readDensity } from './kept-layout.ts'
import type { LiveRun } from './live-run.ts'
import { pageMeasure } from './measure-text.ts'
import { resultsColumns } from './results-columns.tsx'
import { ResultsPicture } from './results-picture.tsx'
import classes from './results-tab.module.css'
import { ResultsToolbar } from './results-toolbar.tsx'
import { RowCard } from './row-card.tsx'
import { addFilter, filterForAll, isArrivalOrder, sortKeys, sortParam } from './selection.ts'
import { useLayout } from './use-layout.ts'
import { useResults } from './use-results.ts'
import { useRunSearch } from './use-run-search.ts'

type Opened =
  | { kind: 'cell'; place: CellPlace; column: string }
  | { kind: 'column'; rect: DOMRect; column: string }

const SAMPLE = 60

/** The rows of a run: a grid with its tools, or the values of a column counted. */
export function ResultsTab({ run, live }: { run: Run; live: LiveRun }) {
  const [search, patch] = useRunSearch()
  const results = useResults(run.id, search, live)
  const { rows, columns } = results
  const [opened, setOpened] = useState<Opened>()
  const [density, setDensity] = useState<Density>(() => readDensity(localStorage))
  const box = useRef<HTMLDivElement>(null)
  const [measure] = useState(pageMeasure)

  const filtered = useMemo(() => new Set((search.filter ?? []).map(({ column }) => column)), [search.filter])
  const sample = useSample(rows.count > 0 ? (index) => rows.rowAt(index) : undefined, run.id)
  const gridColumns = useMemo(
    () => resultsColumns(columns, sample, filtered, measure),
    [columns, sample, filtered, measure],
  )
  const ids = useMemo(() => columns.map(({ name }) => name), [columns])
  const [layout, setLayout] = useLayout(run.query?.id ?? run.name, ids)

  const columnOf = (name: string) => columns.find((column) => column.name === name)
  const close = () => {
    setOpened(undefined)
    box.current?.querySelector<HTMLElement>('[role=grid]')?.focus()
  }
  const enriching = useEnriching(run.id, (done) => {
    // While answers come nothing moves under the pointer: an order that depends on them is made anew at the end.
    if (done || isArrivalOrder(search)) results.refresh()
  })
  const openRow = (index: number) => patch({ row: index + 1 }, { replace: search.row !== undefined })
  const groupBy = (column: string) => patch({ group: column, row: undefined })
  const selected =
    opened?.kind === 'cell'
      ? rowsAbout(opened.place)
          .map((at) => rows.rowAt(at))
          .filter((row) => row !== undefined)
      : []
  const mark = useRowMarks(run.id)
  const [marking, setMarking] = useState<ResultItem>()
  const [listing, setListing] = useState<Subject>()
  const [card, setCard] = useState<{ subject: Subject; connectorId: string }>()
  const column = opened && columnOf(opened.column)

  return (
    <div ref={box} className={search.full ? classes.full : classes.tab}>
      <ResultsToolbar
        run={run}
        all={live.rows}
        results={results}
        layout={layout}
        onLayout={setLayout}
        density={density}
        onDensity={(next) => {
          setDensity(next)
          keepDensity(localStorage, next)
        }}
        onEnrich={(added) => void enriching.start(added)}
      />
      <FilterBar columns={columns} />
      {search.enrich && (
        <EnrichBar
          columns={search.enrich}
          progress={enriching.progress}
          onAsk={(asked) => void enriching.start(asked)}
          onStop={(asked) => enriching.stop(keyOf(asked))}
          onRemove={(asked) => {
            enriching.stop(keyOf(asked))
            patch({ enrich: removeEnriched(search.enrich, asked) })
          }}
        />
      )}
      {rows.error !== undefined && rows.count > 0 && (
        <div className={classes.trouble}>
          <TroubleBox error={rows.error} title="Some rows could not be read" onRetry={results.refresh} />
        </div>
      )}
      <div className={classes.body}>
        {search.group !== undefined ? (
          <GroupPanel run={run} live={live} column={search.group} columns={columns} />
        ) : (
          <Grid<ResultItem>
            label={`Results of ${run.name}`}
            columns={gridColumns}
            rows={rows}
            layout={layout}
            onLayout={setLayout}
            sort={sortKeys(search.sort)}
            onSort={(sort) => patch({ sort: sortParam(sort), row: undefined })}
            density={density}
            {...(search.row !== undefined && { opened: search.row - 1 })}
            mark={mark}
            onOpen={openRow}
            onCellMenu={(place, name) => setOpened({ kind: 'cell', place, column: name })}
            onColumnMenu={(name, rect) => setOpened({ kind: 'column', rect, column: name })}
          >
            <ResultsPicture run={run} results={results} all={live.rows} />
          </Grid>
        )}
        {search.group === undefined && search.row !== undefined && (
          <RowCard index={search.row - 1} rows={rows} columns={columns} layout={layout} />
        )}
      </div>
      {opened?.kind === 'cell' && column && selected.length > 0 && (
        <CellMenu
          run={run}
          column={column}
          columns={columns}
          rows={selected}
          rect={opened.place.rect}
          onFilter={(keep) => {
            const filter = filterForAll(
              column.name,
              selected.map((row) => row[column.name] ?? null),
              keep,
            )
            patch({ filter: addFilter(search.filter, filter), row: undefined })
          }}
          onEnrich={(subject, connectorId) => setCard({ subject, connectorId })}
          onMark={() => setMarking(selected[0])}
          onAddToList={() => setListing(subjectOf(column, selected))}
          onGroup={() => groupBy(column.name)}
          onOpen={() => openRow(opened.place.row)}
          onClose={close}
        />
      )}
      {card && (
        <EnrichmentDialog
          type={card.subject.type!}
          values={card.subject.values}
          connectorId={card.connectorId}
          runId={run.id}
          onClose={() => setCard(undefined)}
        />
      )}
      {marking && <MarkRow runId={run.id} row={marking} onClose={() => setMarking(undefined)} />}
      {listing && <AddToList subject={listing} onClose={() => setListing(undefined)} />}
      {opened?.kind === 'column' && column && (
        <ColumnMenu
          column={column}
          ids={ids}
          rect={opened.rect}
          layout={layout}
          onSort={(desc) => patch({ sort: sortParam([{ id: column.name, desc }]), row: undefined })}
          onFilter={(filter) => patch({ filter: addFilter(search.filter, filter), row: undefined })}
          onGroup={() => groupBy(column.name)}
          onLayout={setLayout}
          onClose={close}
        />
      )}
    </div>
  )
}

/** The rows that a menu is about, that of its cell first. */
const rowsAbout = ({ row, rows }: CellPlace) => [row, ...rows.filter((other) => other !== row)]

/** The first rows that came. Widths are taken from them once: columns do not move while rows stream in. */
function useSample(rowAt: ((index: number) => ResultItem | undefined) | undefined, runId: string) {
  const held = useRef<{ runId: string; rows: ResultItem[] }>({ runId, rows: [] })
  if (held.current.runId !== runId) held.current = { runId, rows: [] }
  if (held.current.rows.length === 0 && rowAt?.(0)) {
    const rows = Array.from({ length: SAMPLE }, (_, index) => rowAt(index)).filter((row) => row !== undefined)
    held.current = { runId, rows }
  }
  return held.current.rows
}
