import { Menu } from '@mantine/core'
import type { ResultColumn, ResultItem } from '@quarry/schema/endpoints/run-results'
import type { Run } from '@quarry/schema/endpoints/runs'
import {
  IconBinaryTree,
  IconBraces,
  IconCopy,
  IconFilterMinus,
  IconFilterPlus,
  IconFlag,
  IconLayoutSidebarRightExpand,
  IconListDetails,
  IconPlaylistAdd,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { cellText } from '../../components/cells/cell-text.ts'
import { copyText } from '../../components/copy-text.ts'
import { useMay } from '../../session.ts'
import { EnrichmentSection } from '../enrichment/enrichment-section.tsx'
import { countedCells } from '../pivots/counted-cells.ts'
import { PivotSections } from '../pivots/pivot-sections.tsx'
import { type Subject, subjectOf } from '../pivots/subject.ts'
import { usePrevalence } from '../pivots/use-prevalence.ts'
import classes from './cell-menu.module.css'
import { CellMenuHead } from './cell-menu-head.tsx'
import { processOf } from './process-of.ts'

interface Props {
  run: Run
  column: ResultColumn
  /** All columns of the result. */
  columns: readonly ResultColumn[]
  /** The rows that it is about, that of the cell first. */
  rows: readonly ResultItem[]
  rect: DOMRect
  onFilter: (keep: boolean) => void
  onGroup: () => void
  onOpen: () => void
  onAddToList: () => void
  onMark: () => void
  onEnrich: (subject: Subject, connectorId: string) => void
  onClose: () => void
}

const ICON = { size: 15, 'aria-hidden': true } as const

/** What can be done with a cell, or with several of a column: the questions that they lead to, then tools. */
export function CellMenu(props: Props) {
  const {
    run,
    column,
    columns,
    rows,
    rect,
    onFilter,
    onGroup,
    onOpen,
    onAddToList,
    onMark,
    onEnrich,
    onClose,
  } = props
  const mayList = useMay('ioc-lists:write')
  const mayMark = useMay('investigations:write')
  const subject = subjectOf(column, rows)
  const [row] = rows as [ResultItem]
  // Those of the whole row, so that the menu of its next cell, and its card, ask no more.
  const prevalence = usePrevalence(countedCells(columns, row))
  const several = rows.length > 1
  const process = several ? undefined : processOf(column, row)
  const below = window.innerHeight - rect.bottom
  const up = below < 380 && rect.top > below
  return (
    <Menu
      opened
      withinPortal
      position={up ? 'top-start' : 'bottom-start'}
      offset={2}
      width={356}
      shadow="md"
      // Without keys, Mantine's default: the Enter that opens the menu would count as outside, and close it.
      clickOutsideEvents={['mousedown', 'touchstart']}
      onClose={onClose}
    >
      <Menu.Target>
        <span
          aria-hidden
          className={classes.anchor}
          style={{ left: rect.left, top: rect.top, width: rect.width, height: rect.height }}
        />
      </Menu.Target>
      <Menu.Dropdown
        className={classes.dropdown}
        style={{ maxHeight: (up ? rect.top : below) - 10 }}
        aria-label={`Menu of ${column.name}`}
      >
        <CellMenuHead subject={subject} prevalence={several ? undefined : prevalence} />
        <PivotSections run={run} subject={subject} />
        <EnrichmentSection subject={subject} onOpen={(connectorId) => onEnrich(subject, connectorId)} />
        {process && (
          <>
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconBinaryTree {...ICON} />}
              renderRoot={(root) => (
                <Link to="/devices/$deviceId/processes/$sophosPid" params={process} {...root} />
              )}
            >
              Process tree and timeline
            </Menu.Item>
          </>
        )}
        <Menu.Divider />
        <div className={classes.tools}>
          <Menu.Item leftSection={<IconFilterPlus {...ICON} />} onClick={() => onFilter(true)}>
            Filter by {several ? 'these' : 'this'}
          </Menu.Item>
          {!several && (
            <Menu.Item leftSection={<IconFilterMinus {...ICON} />} onClick={() => onFilter(false)}>
              Exclude this
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconListDetails {...ICON} />} onClick={onGroup}>
            Count by column
          </Menu.Item>
          {mayList && subject.type && subject.values.length > 0 && (
            <Menu.Item leftSection={<IconPlaylistAdd {...ICON} />} onClick={onAddToList}>
              Add to IOC list…
            </Menu.Item>
          )}
          {mayMark && !several && (
            <Menu.Item leftSection={<IconFlag {...ICON} />} onClick={onMark}>
              Mark as finding…
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconCopy {...ICON} />}
            rightSection={<kbd className={classes.key}>Ctrl C</kbd>}
            onClick={() => void copyText(rows.map((each) => cellText(each[column.name] ?? null)).join('\n'))}
          >
            Copy
          </Menu.Item>
          <Menu.Item
            leftSection={<IconBraces {...ICON} />}
            onClick={() => void copyText(JSON.stringify(several ? rows : row, null, 2))}
          >
            Copy {several ? 'rows' : 'row'} as JSON
          </Menu.Item>
          {!several && (
            <Menu.Item
              leftSection={<IconLayoutSidebarRightExpand {...ICON} />}
              rightSection={<kbd className={classes.key}>Space</kbd>}
              onClick={onOpen}
            >
              Open row
            </Menu.Item>
          )}
        </div>
      </Menu.Dropdown>
    </Menu>
  )
}
