import { ActionIcon, CloseButton } from '@mantine/core'
import type { ResultColumn, ResultItem } from '@quarry/schema/endpoints/run-results'
import { IconBraces, IconChevronDown, IconChevronUp, IconCopy } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { cellKind } from '../../components/cells/cell-kind.ts'
import { cellText } from '../../components/cells/cell-text.ts'
import { ValueCell } from '../../components/cells/value-cell.tsx'
import { visibleText } from '../../components/cells/visible-text.ts'
import { copyText } from '../../components/copy-text.ts'
import { type ColumnLayout, orderColumns } from '../../components/grid/column-layout.ts'
import type { RowSource } from '../../components/grid/grid-types.ts'
import { Bars } from '../../components/loaded.tsx'
import { countedCells } from '../pivots/counted-cells.ts'
import { PrevalenceLine } from '../pivots/prevalence-line.tsx'
import { type PrevalenceOf, usePrevalence } from '../pivots/use-prevalence.ts'
import { RowScores } from '../scores/row-scores.tsx'
import classes from './row-card.module.css'
import { useRunSearch } from './use-run-search.ts'

interface Props {
  index: number
  rows: RowSource<ResultItem>
  columns: readonly ResultColumn[]
  layout: ColumnLayout
}

/** Longest value that the card writes out; Copy has it whole. */
const LONGEST = 20_000

/** One row, every column of it written out, beside the grid. */
export function RowCard({ index, rows, columns, layout }: Props) {
  const [, patch] = useRunSearch()
  const row = rows.rowAt(index)
  useEffect(() => {
    if (row === undefined && index < rows.count) rows.want(index, index)
  }, [row, index, rows])
  const go = (to: number) => patch({ row: to + 1 }, { replace: true })
  const prevalence = usePrevalence(countedCells(columns, row))
  const byName = new Map(columns.map((column) => [column.name, column]))
  return (
    <SideCard
      title={`Row ${(index + 1).toLocaleString('en')}`}
      onClose={() => patch({ row: undefined })}
      tools={
        <>
          <ActionIcon aria-label="The row above" disabled={index <= 0} onClick={() => go(index - 1)}>
            <IconChevronUp size={16} />
          </ActionIcon>
          <ActionIcon
            aria-label="The row below"
            disabled={index + 1 >= rows.count}
            onClick={() => go(index + 1)}
          >
            <IconChevronDown size={16} />
          </ActionIcon>
          <ActionIcon
            aria-label="Copy the row as JSON"
            title="Copy the row as JSON"
            disabled={row === undefined}
            onClick={() => void copyText(JSON.stringify(row, null, 2))}
          >
            <IconBraces size={16} />
          </ActionIcon>
        </>
      }
    >
      {row === undefined && index < rows.count && <Bars count={8} height={32} />}
      {row === undefined && index >= rows.count && <p className="dimmed">There is no row of this number.</p>}
      {row !== undefined && <RowScores columns={columns} row={row} />}
      {row !== undefined && (
        <dl className={classes.fields}>
          {orderColumns([...byName.keys()], layout).map((name) => (
            <Field key={name} column={byName.get(name)!} row={row} prevalence={prevalence} />
          ))}
        </dl>
      )}
    </SideCard>
  )
}

interface FieldProps {
  column: ResultColumn
  row: ResultItem
  prevalence: PrevalenceOf | undefined
}

function Field({ column, row, prevalence }: FieldProps) {
  const value = row[column.name]
  const seen = prevalence?.of(column.pivotType, value)
  const text = cellText(value)
  const kind = cellKind(column)
  // What a cell shortens or words differently stands here as it is, too.
  const asIs = kind === 'path' || kind === 'hash' || kind === 'text' || kind === 'blob'
  return (
    <div className={classes.field}>
      <dt>{column.name}</dt>
      <dd>
        {asIs && text !== '' ? (
          <span className={kind === 'text' ? classes.text : classes.exact}>{visibleText(text, LONGEST)}</span>
        ) : (
          <ValueCell kind={kind} scale={column.scale} value={value} />
        )}
        {text !== '' && (
          <ActionIcon
            className={classes.copy}
            size={20}
            aria-label={`Copy ${column.name}`}
            onClick={() => void copyText(text)}
          >
            <IconCopy size={13} />
          </ActionIcon>
        )}
      </dd>
      {seen && <PrevalenceLine prevalence={seen} devices={prevalence!.devices} />}
    </div>
  )
}

interface SideProps {
  title: string
  onClose: () => void
  tools?: ReactNode
  children: ReactNode
}

/** The frame of a card beside a grid. */
export function SideCard({ title, onClose, tools, children }: SideProps) {
  return (
    <aside
      className={classes.card}
      aria-label={title}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose()
      }}
    >
      <div className={classes.head}>
        <h2>{title}</h2>
        {tools}
        <CloseButton size="sm" aria-label="Close" onClick={onClose} />
      </div>
      <div className={classes.content}>{children}</div>
    </aside>
  )
}
