import { Menu } from '@mantine/core'
import type { ResultColumn, ResultItem } from '@quarry/schema/endpoints/run-results'
import {
  IconBinaryTree,
  IconBraces,
  IconCopy,
  IconFilterMinus,
  IconFilterPlus,
  IconLayoutSidebarRightExpand,
  IconListDetails,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { cellText } from '../../components/cells/cell-text.ts'
import { visibleText } from '../../components/cells/visible-text.ts'
import { copyText } from '../../components/copy-text.ts'
import classes from './cell-menu.module.css'
import { processOf } from './process-of.ts'

interface Props {
  column: ResultColumn
  row: ResultItem
  rect: DOMRect
  onFilter: (keep: boolean) => void
  onGroup: () => void
  onOpen: () => void
  onClose: () => void
}

const ICON = { size: 15, 'aria-hidden': true } as const

/** What can be done with the value of a cell. Pivots into further questions have their place above the tools. */
export function CellMenu({ column, row, rect, onFilter, onGroup, onOpen, onClose }: Props) {
  const value = row[column.name] ?? null
  const process = processOf(column, row)
  const text = value === null ? 'NULL' : value === '' ? 'empty text' : visibleText(String(value), 200)
  return (
    <Menu
      opened
      withinPortal
      position="bottom-start"
      offset={2}
      width={264}
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
      <Menu.Dropdown>
        <div className={classes.value}>
          <span className="dimmed">{column.name}</span>
          <span className="mono">{text}</span>
        </div>
        {process && (
          <>
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconBinaryTree {...ICON} />}
              renderRoot={(props) => (
                <Link to="/devices/$deviceId/processes/$sophosPid" params={process} {...props} />
              )}
            >
              Process tree and timeline
            </Menu.Item>
          </>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconFilterPlus {...ICON} />} onClick={() => onFilter(true)}>
          Filter by this value
        </Menu.Item>
        <Menu.Item leftSection={<IconFilterMinus {...ICON} />} onClick={() => onFilter(false)}>
          Exclude this value
        </Menu.Item>
        <Menu.Item leftSection={<IconListDetails {...ICON} />} onClick={onGroup}>
          Count by this column
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconCopy {...ICON} />}
          rightSection={<kbd className={classes.key}>Ctrl C</kbd>}
          onClick={() => void copyText(cellText(value))}
        >
          Copy the value
        </Menu.Item>
        <Menu.Item
          leftSection={<IconBraces {...ICON} />}
          onClick={() => void copyText(JSON.stringify(row, null, 2))}
        >
          Copy the row as JSON
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLayoutSidebarRightExpand {...ICON} />}
          rightSection={<kbd className={classes.key}>Space</kbd>}
          onClick={onOpen}
        >
          Open the row
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
