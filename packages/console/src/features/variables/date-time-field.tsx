import { ActionIcon, Menu, TextInput, type TextInputProps } from '@mantine/core'
import { IconCalendarClock } from '@tabler/icons-react'
import { formatLocal } from '../../components/cells/format-time.ts'
import { useNow } from '../../components/use-now.ts'
import { momentOf, shortcuts } from './relative-date.ts'

interface Props extends Omit<TextInputProps, 'onChange' | 'value'> {
  value: string
  onChange: (value: string) => void
}

/** `2026-11-24T09:30`, as a picker of the browser wants it, in local time. */
function forPicker(moment: Date): string {
  return formatLocal(moment).slice(0, 16).replace(' ', 'T')
}

/** A moment: typed, picked from a calendar, or a distance from now that is worked out when the query runs. */
export function DateTimeField({ value, onChange, description, ...field }: Props) {
  const now = useNow(10_000)
  const moment = value === '' ? undefined : momentOf(value, now)
  const relative = /^(now|-\d)/i.test(value.trim()) && moment && !/^-?\d+$/.test(value.trim())
  return (
    <TextInput
      {...field}
      description={
        <>
          {description}
          {relative && <> At this moment {formatLocal(moment)}; worked out when the query runs.</>}
        </>
      }
      placeholder={field.placeholder || '-24h, or 2026-11-24T09:30'}
      value={value}
      spellCheck={false}
      autoComplete="off"
      styles={{ input: { fontFamily: 'var(--q-mono)' } }}
      onChange={(event) => onChange(event.currentTarget.value)}
      rightSection={
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <ActionIcon size="sm" aria-label="Choose a time">
              <IconCalendarClock size={15} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {shortcuts.map(({ value: shortcut, label }) => (
              <Menu.Item key={shortcut} onClick={() => onChange(shortcut)}>
                {label}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Label>A moment of your own, local time</Menu.Label>
            <TextInput
              type="datetime-local"
              aria-label="A moment of your own, local time"
              px={8}
              pb={6}
              value={moment ? forPicker(moment) : ''}
              onChange={(event) => onChange(event.currentTarget.value)}
            />
          </Menu.Dropdown>
        </Menu>
      }
    />
  )
}
