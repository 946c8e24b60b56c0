import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import type { Run } from '@quarry/schema/endpoints/runs'
import {
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconBaselineDensityMedium,
  IconCheck,
  IconChevronDown,
  IconRefresh,
} from '@tabler/icons-react'
import { type ColumnLayout, orderColumns } from '../../components/grid/column-layout.ts'
import { DENSITIES, type Density } from '../../components/grid/grid-types.ts'
import { useMay } from '../../session.ts'
import { EnrichMenu } from '../enrichment/enrich-menu.tsx'
import { addEnriched, type EnrichedColumn } from '../enrichment/enriched-column.ts'
import { ColumnsMenu } from './columns-menu.tsx'
import { ExportMenu } from './export-menu.tsx'
import classes from './results-tab.module.css'
import { counted } from './run-words.ts'
import { SearchField } from './search-field.tsx'
import { selectionOf } from './selection.ts'
import type { Results } from './use-results.ts'
import { useRunSearch } from './use-run-search.ts'

interface Props {
  run: Run
  all: number
  results: Results
  layout: ColumnLayout
  onLayout: (layout: ColumnLayout) => void
  density: Density
  onDensity: (density: Density) => void
  /** Called when a connector was chosen for a column. */
  onEnrich: (added: EnrichedColumn) => void
}

/** The tools over the results: search, counting, columns, density, full screen, export. */
export function ResultsToolbar({ run, all, results, layout, onLayout, density, onDensity, onEnrich }: Props) {
  const [search, patch] = useRunSearch()
  const mayExport = useMay('results:export')
  const mayEnrich = useMay('enrichments:use')
  const ids = results.columns.map(({ name }) => name)
  const filtered = search.q !== undefined || search.filter !== undefined
  return (
    <div className={classes.toolbar}>
      <SearchField />
      {filtered && results.rows.answered && search.group === undefined && (
        <span className="numbers dimmed">
          {results.rows.count.toLocaleString('en')} of {counted(all, 'row')}
        </span>
      )}
      {results.fresh > 0 && (
        <Button
          variant="light"
          size="compact-sm"
          className={classes.fresh}
          leftSection={<IconRefresh size={13} aria-hidden />}
          onClick={results.refresh}
        >
          {counted(results.fresh, 'new row')} · Refresh
        </Button>
      )}
      <span className={classes.push} />
      <Menu position="bottom-end" shadow="md" width={220}>
        <Menu.Target>
          <Button variant="default" disabled={ids.length === 0} rightSection={<IconChevronDown size={13} />}>
            {search.group === undefined ? 'Group by' : `Grouped by ${search.group}`}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflow: 'auto' }}>
          <Menu.Item
            leftSection={<Tick on={search.group === undefined} />}
            onClick={() => patch({ group: undefined })}
          >
            Nothing: all rows
          </Menu.Item>
          <Menu.Divider />
          {orderColumns(ids, layout).map((id) => (
            <Menu.Item
              key={id}
              leftSection={<Tick on={search.group === id} />}
              onClick={() => patch({ group: id, row: undefined })}
            >
              {id}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {mayEnrich && (
        <EnrichMenu
          runId={run.id}
          columns={results.columns}
          onAdd={(added) => {
            patch({ enrich: addEnriched(search.enrich, added) })
            onEnrich(added)
          }}
        />
      )}
      <ColumnsMenu ids={ids} layout={layout} onLayout={onLayout} />
      {mayExport && (
        <ExportMenu
          runId={run.id}
          selection={selectionOf(search)}
          all={all}
          selected={results.rows.count}
          filtered={filtered}
          columns={orderColumns(ids, layout).filter((id) => !layout.hidden.includes(id))}
          ownColumns={search.columns !== undefined}
        />
      )}
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label="Density">
            <IconBaselineDensityMedium size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {(Object.keys(DENSITIES) as Density[]).map((name) => (
            <Menu.Item
              key={name}
              leftSection={<Tick on={name === density} />}
              onClick={() => onDensity(name)}
              tt="capitalize"
            >
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Tooltip label={search.full ? 'Leave full screen' : 'Full screen'}>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={search.full ? 'Leave full screen' : 'Full screen'}
          onClick={() => patch({ full: search.full ? undefined : true }, { replace: true })}
        >
          {search.full ? <IconArrowsMinimize size={16} /> : <IconArrowsMaximize size={16} />}
        </ActionIcon>
      </Tooltip>
    </div>
  )
}

function Tick({ on }: { on: boolean }) {
  return <IconCheck size={14} aria-hidden style={{ visibility: on ? 'visible' : 'hidden' }} />
}
