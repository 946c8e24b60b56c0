import { Select, TextInput } from '@mantine/core'
import { listInvestigations } from '@quarry/schema/endpoints/investigations'
import { useCall } from '../../api.ts'

/** An investigation that is there, or the name of a new one. */
export type Chosen = { id: string } | { name: string }

const fresh = 'new'

interface Props {
  chosen: Chosen | undefined
  onChange: (chosen: Chosen) => void
}

/** The field that asks for an investigation; the one that was changed last stands there first. */
export function ChooseInvestigation({ chosen, onChange }: Props) {
  const { data } = useCall(listInvestigations, {})
  const items = data?.items ?? []
  const value = chosen ? ('id' in chosen ? chosen.id : fresh) : (items[0]?.id ?? fresh)
  return (
    <>
      <Select
        label="Investigation"
        allowDeselect={false}
        searchable
        data={[
          ...items.map(({ id, name }) => ({ value: id, label: name })),
          { value: fresh, label: 'A new investigation…' },
        ]}
        value={value}
        onChange={(next) => next && onChange(next === fresh ? { name: '' } : { id: next })}
      />
      {value === fresh && (
        <TextInput
          label="Name of the new investigation"
          placeholder="Beacon on web-01"
          required
          data-autofocus
          maxLength={200}
          value={chosen && 'name' in chosen ? chosen.name : ''}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
      )}
    </>
  )
}

/** The choice that stands in the field while nobody changed it. */
export function useChosen(chosen: Chosen | undefined): Chosen | undefined {
  const { data } = useCall(listInvestigations, {})
  if (chosen || !data) return chosen
  const [first] = data.items
  return first ? { id: first.id } : { name: '' }
}

/** Whether a choice can be sent. */
export const isReady = (chosen: Chosen | undefined): boolean =>
  chosen !== undefined && ('id' in chosen || chosen.name.trim() !== '')
