import { Checkbox, Select, TextInput } from '@mantine/core'
import { listGroups } from '@quarry/schema/endpoints/endpoint-groups'
import { IconSearch } from '@tabler/icons-react'
import { useCall } from '../../api.ts'
import type { Conditions } from './device-selection.ts'

const platforms = [
  { value: 'linux', label: 'Linux' },
  { value: 'windows', label: 'Windows' },
  { value: 'macOS', label: 'macOS' },
]
const types = [
  { value: 'computer', label: 'Computers' },
  { value: 'server', label: 'Servers' },
]

interface Props {
  conditions: Conditions
  /** Called with the condition that changed; `undefined` takes it away. */
  onChange: (changed: Conditions) => void
}

/** Search, platform, type, group and online state; all of them must be met. */
export function ConditionsBar({ conditions, onChange }: Props) {
  const groups = useCall(listGroups, {}, { staleTime: 60_000 })
  const names = groups.data?.items.map(({ name }) => name) ?? []
  return (
    <>
      <TextInput
        aria-label="Search devices"
        placeholder="Name, address, person…"
        leftSection={<IconSearch size={14} />}
        w={190}
        value={conditions.search ?? ''}
        onChange={(event) => onChange({ search: event.currentTarget.value || undefined })}
      />
      <Select
        aria-label="Operating system"
        placeholder="Any system"
        w={120}
        clearable
        data={platforms}
        value={conditions.platform ?? null}
        onChange={(value) => onChange({ platform: (value ?? undefined) as Conditions['platform'] })}
      />
      <Select
        aria-label="Type of device"
        placeholder="Any type"
        w={120}
        clearable
        data={types}
        value={conditions.type ?? null}
        onChange={(value) => onChange({ type: (value ?? undefined) as Conditions['type'] })}
      />
      {(names.length > 0 || conditions.group) && (
        <Select
          aria-label="Group"
          placeholder="Any group"
          w={140}
          clearable
          data={[...new Set([...names, ...(conditions.group ? [conditions.group] : [])])]}
          value={conditions.group ?? null}
          onChange={(value) => onChange({ group: value ?? undefined })}
        />
      )}
      <Checkbox
        label="Online now"
        checked={conditions.online === true}
        onChange={(event) => onChange({ online: event.currentTarget.checked || undefined })}
      />
    </>
  )
}
