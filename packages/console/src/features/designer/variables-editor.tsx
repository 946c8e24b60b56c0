import { ActionIcon, Button, Group, Select, TextInput } from '@mantine/core'
import { DataType, PivotType } from '@quarry/schema'
import type { QueryVariable } from '@quarry/schema/endpoints/queries'
import { IconTrash } from '@tabler/icons-react'
import { undeclared, unused } from './declared.ts'
import classes from './variables-editor.module.css'

interface Props {
  template: string
  variables: QueryVariable[]
  onChange: (variables: QueryVariable[]) => void
}

/** Declares the variables of a query: name, type, default, what kind of value, a sentence. */
export function VariablesEditor({ template, variables, onChange }: Props) {
  const open = undeclared(template, variables)
  const idle = unused(template, variables)
  const set = (index: number, part: Partial<QueryVariable>) =>
    onChange(variables.map((variable, at) => (at === index ? { ...variable, ...part } : variable)))
  const add = (name: string) => onChange([...variables, { name, dataType: 'text' }])
  return (
    <div className={classes.editor}>
      <Group gap={8}>
        <span className={classes.title}>Declared variables</span>
        {open.map((name) => (
          <Button key={name} variant="light" size="compact-xs" onClick={() => add(name)}>
            Declare $${name}$$
          </Button>
        ))}
        {open.length === 0 && variables.length === 0 && (
          <span className="dimmed">None. Write $$name$$ in the SQL where a value is to be filled in.</span>
        )}
      </Group>
      {variables.map((variable, index) => (
        <div key={index} className={classes.row}>
          <TextInput
            aria-label="Name"
            placeholder="name"
            value={variable.name}
            error={idle.includes(variable.name.trim()) && 'not in the SQL'}
            onChange={(event) => set(index, { name: event.currentTarget.value })}
          />
          <Select
            aria-label="Type"
            data={DataType.options}
            allowDeselect={false}
            value={variable.dataType}
            onChange={(dataType) => dataType && set(index, { dataType: dataType as DataType })}
          />
          <TextInput
            aria-label="Default"
            placeholder="no default: needs a value"
            value={variable.value ?? ''}
            onChange={(event) => set(index, { value: event.currentTarget.value || undefined })}
          />
          <Select
            aria-label="Kind of value"
            placeholder="any kind"
            clearable
            data={PivotType.options}
            value={variable.pivotType ?? null}
            onChange={(pivotType) =>
              set(index, { pivotType: (pivotType ?? undefined) as PivotType | undefined })
            }
          />
          <TextInput
            aria-label="Description"
            placeholder="A sentence about it."
            value={variable.description ?? ''}
            onChange={(event) => set(index, { description: event.currentTarget.value || undefined })}
          />
          <ActionIcon
            aria-label={`Remove the variable ${variable.name}`}
            onClick={() => onChange(variables.filter((_, at) => at !== index))}
          >
            <IconTrash size={15} />
          </ActionIcon>
        </div>
      ))}
    </div>
  )
}
