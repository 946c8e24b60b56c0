import { Button, Checkbox, Group, Popover, ScrollArea, Stack } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import {
  type ColumnLayout,
  EMPTY_LAYOUT,
  hideColumn,
  orderColumns,
} from '../../components/grid/column-layout.ts'

interface Props {
  ids: readonly string[]
  layout: ColumnLayout
  onLayout: (layout: ColumnLayout) => void
}

/** Which columns are shown. */
export function ColumnsMenu({ ids, layout, onLayout }: Props) {
  const shown = ids.filter((id) => !layout.hidden.includes(id)).length
  return (
    <Popover position="bottom-end" shadow="md" width={260} trapFocus>
      <Popover.Target>
        <Button variant="default" rightSection={<IconChevronDown size={13} />}>
          Columns{shown < ids.length ? ` ${shown}/${ids.length}` : ''}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        <ScrollArea.Autosize mah={380}>
          <Stack gap={6}>
            {orderColumns(ids, layout).map((id) => {
              const hidden = layout.hidden.includes(id)
              return (
                <Checkbox
                  key={id}
                  label={id}
                  checked={!hidden}
                  // The last column stays: a table without one has nothing to click on.
                  disabled={!hidden && shown === 1}
                  onChange={() => onLayout(hideColumn(layout, id, !hidden))}
                />
              )
            })}
          </Stack>
        </ScrollArea.Autosize>
        <Group justify="space-between" gap={6} mt={8}>
          <Button
            variant="subtle"
            size="compact-xs"
            disabled={shown === ids.length}
            onClick={() => onLayout({ ...layout, hidden: [] })}
          >
            Show all
          </Button>
          <Button variant="subtle" size="compact-xs" color="gray" onClick={() => onLayout(EMPTY_LAYOUT)}>
            Back to the default
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  )
}
