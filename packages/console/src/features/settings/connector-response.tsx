import { Select, TextInput } from '@mantine/core'
import { FieldType, Verdict } from '@quarry/schema/connectors/connector'
import type { ConnectorDraft } from './connector-draft.ts'
import classes from './connectors.module.css'
import { RowsField } from './rows-field.tsx'

interface Props {
  draft: ConnectorDraft
  patch: (change: Partial<ConnectorDraft>) => void
}

const fieldTypes = FieldType.options.map((value) => ({ value, label: value }))
const verdicts = Verdict.options.map((value) => ({ value, label: value }))
const ops = [
  { value: 'atLeast', label: 'is at least' },
  { value: 'atMost', label: 'is at most' },
  { value: 'equals', label: 'is' },
  { value: 'exists', label: 'is there' },
]

/** A rule to begin with. */
const emptyRule = (field = ''): ConnectorDraft['verdicts'][number] => ({
  field,
  op: 'atLeast',
  value: '',
  verdict: 'malicious',
})

/** What is read out of the answer: fields by their path, when the value is unknown, and what it means. */
export function ConnectorResponseForm({ draft, patch }: Props) {
  const names = draft.fields
    .filter(({ name }) => name !== '')
    .map(({ name }) => ({ value: name, label: name }))
  return (
    <section className={classes.part} aria-label="Answer">
      <h2>Answer</h2>
      <div style={{ display: 'flex', flexDirection: 'column', gap: 14 }}>
        <RowsField
          label="Fields"
          noun="field of the answer"
          hint="Paths go by dots and brackets: data.names[0], ports[*], events[?action=registration].date."
          columns={[
            { key: 'name', label: 'Name', placeholder: 'country', mono: true },
            { key: 'label', label: 'Called', placeholder: 'Country' },
            {
              key: 'path',
              label: 'Path',
              placeholder: 'data.country_name',
              mono: true,
              width: 'minmax(0, 1.6fr)',
            },
            { key: 'type', label: 'Type', choices: fieldTypes, width: '110px' },
          ]}
          rows={draft.fields}
          empty={{ name: '', label: '', path: '', type: 'text' }}
          onChange={(fields) => patch({ fields })}
        />
        <fieldset className={classes.group}>
          <legend className={classes.rowsLabel}>The service does not know the value when</legend>
          <div className={classes.row}>
            <TextInput
              label="the status is"
              placeholder="404"
              value={draft.notFoundStatus}
              onChange={(event) => patch({ notFoundStatus: event.currentTarget.value })}
            />
            <TextInput
              label="or this path"
              placeholder="query_status"
              classNames={{ input: 'mono' }}
              value={draft.notFoundPath}
              onChange={(event) => patch({ notFoundPath: event.currentTarget.value })}
            />
            <TextInput
              label="is (empty: is not there)"
              placeholder="no_results"
              value={draft.notFoundEquals}
              disabled={draft.notFoundPath === ''}
              onChange={(event) => patch({ notFoundEquals: event.currentTarget.value })}
            />
          </div>
        </fieldset>
        <RowsField
          label="Verdict"
          noun="rule"
          hint="The first rule that holds decides."
          columns={[
            { key: 'field', label: 'Field', choices: names },
            { key: 'op', label: '', choices: ops, width: '120px' },
            { key: 'value', label: 'Value', placeholder: '75' },
            { key: 'verdict', label: 'means', choices: verdicts },
          ]}
          rows={draft.verdicts}
          empty={emptyRule(names[0]?.value)}
          onChange={(rules) => patch({ verdicts: rules })}
        />
        <Select
          label="Otherwise"
          style={{ maxWidth: 240 }}
          data={[{ value: 'none', label: 'no verdict' }, ...verdicts]}
          value={draft.otherwise === '' ? 'none' : draft.otherwise}
          allowDeselect={false}
          onChange={(value) => patch({ otherwise: value === 'none' ? '' : (value as Verdict) })}
        />
        <RowsField
          label="Pages for people"
          noun="page"
          columns={[
            { key: 'label', label: 'Called', placeholder: 'Open in Example' },
            {
              key: 'url',
              label: 'Address',
              placeholder: 'https://example.com/{value}',
              mono: true,
              width: 'minmax(0, 2fr)',
            },
          ]}
          rows={draft.links}
          empty={{ label: '', url: '' }}
          onChange={(links) => patch({ links })}
        />
      </div>
    </section>
  )
}
