import { Select } from '@mantine/core'
import { Role, roleNames } from '@quarry/schema'

const data = Role.options.map((value) => ({ value, label: roleNames[value] }))

interface Props {
  value: Role
  onChange: (role: Role) => void
  label?: string
  disabled?: boolean
  /** For a field without a label of its own. */
  name?: string
}

/** A role, chosen by its name. */
export function RoleSelect({ value, onChange, label, disabled, name }: Props) {
  return (
    <Select
      data={data}
      miw={130}
      value={value}
      allowDeselect={false}
      onChange={(role) => role && onChange(Role.parse(role))}
      {...(label && { label })}
      {...(name && { 'aria-label': name })}
      {...(disabled && { disabled })}
    />
  )
}
