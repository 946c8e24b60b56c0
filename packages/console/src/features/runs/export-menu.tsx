import { Button, Checkbox, Menu } from '@mantine/core'
import { urlOf } from '@quarry/schema'
import { exportResults } from '@quarry/schema/endpoints/run-results'
import { IconChevronDown, IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { counted } from './run-words.ts'
import type { Selection } from './selection.ts'

interface Props {
  runId: string
  selection: Selection
  /** Rows in all, and rows that the filters leave. */
  all: number
  selected: number
  filtered: boolean
  /** The columns as they are shown. */
  columns: readonly string[]
  /** Whether some column is hidden or moved. */
  ownColumns: boolean
}

const FORMATS = [
  ['csv', 'CSV', 'For spreadsheets; formulas are made harmless.'],
  ['jsonl', 'JSON Lines', 'One object a row.'],
  ['parquet', 'Parquet', 'With types, for DuckDB, pandas and the like.'],
] as const

/** Downloads of the rows: plain links, made by the server while it reads. */
export function ExportMenu({ runId, selection, all, selected, filtered, columns, ownColumns }: Props) {
  const [asShown, setAsShown] = useState(false)
  const link = (format: (typeof FORMATS)[number][0], rows: Selection) =>
    urlOf(exportResults, {
      params: { id: runId },
      query: { format, ...rows, ...(asShown && { columns: columns.join(',') }) },
    })
  const items = (rows: Selection) =>
    FORMATS.map(([format, label, note]) => (
      <Menu.Item
        key={format}
        component="a"
        href={link(format, rows)}
        download
        leftSection={<IconDownload size={15} aria-hidden />}
      >
        {label}
        <div className="dimmed" style={{ fontSize: 11 }}>
          {note}
        </div>
      </Menu.Item>
    ))
  return (
    <Menu position="bottom-end" shadow="md" width={280}>
      <Menu.Target>
        <Button variant="default" disabled={all === 0} rightSection={<IconChevronDown size={13} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {filtered && (
          <>
            <Menu.Label>{counted(selected, 'filtered row')}</Menu.Label>
            {items(selection)}
            <Menu.Divider />
          </>
        )}
        <Menu.Label>All {counted(all, 'row')}</Menu.Label>
        {items(filtered ? {} : { ...(selection.sort && { sort: selection.sort }) })}
        {ownColumns && (
          <>
            <Menu.Divider />
            <Checkbox
              m={10}
              label="Only the columns as they are shown"
              checked={asShown}
              onChange={() => setAsShown(!asShown)}
            />
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
