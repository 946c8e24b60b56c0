import { Select, Textarea, TextInput } from '@mantine/core'
import type { ClipboardEvent } from 'react'
import type { ConnectorDraft } from './connector-draft.ts'
import { hostOf } from './connector-draft.ts'
import classes from './connectors.module.css'
import { readAddress } from './read-address.ts'
import { RowsField } from './rows-field.tsx'

interface Props {
  draft: ConnectorDraft
  patch: (change: Partial<ConnectorDraft>) => void
  /** Called with a key that was pasted within an address. */
  onSecret: (name: string, value: string) => void
}

const pair = [
  { key: 'name', label: 'Name', mono: true },
  { key: 'value', label: 'Value', mono: true },
] as const

/** What is sent: method, address, query, headers and body. An address that is pasted is taken apart. */
export function ConnectorRequest({ draft, patch, onSecret }: Props) {
  const take = (text: string) => {
    const { url, query, secrets, given } = readAddress(text)
    for (const [name, value] of Object.entries(given)) onSecret(name, value)
    const known = new Set(draft.secrets.map(({ name }) => name))
    const added = secrets
      .filter((name) => !known.has(name))
      .map((name) => ({ name, label: 'API key', required: true }))
    patch({ url, query: [...draft.query, ...query], secrets: [...draft.secrets, ...added] })
  }
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text').trim()
    if (!/^https?:\/\//.test(text)) return
    event.preventDefault()
    take(text)
  }
  const bodies = [
    { value: 'none', label: 'no body' },
    { value: 'json', label: 'JSON' },
    { value: 'form', label: 'form' },
  ]
  const plain = draft.url.startsWith('http:')
  return (
    <section className={classes.part} aria-label="Request">
      <h2>Request</h2>
      <div style={{ display: 'flex', flexDirection: 'column', gap: 12 }}>
        <div className={classes.row}>
          <Select
            label="Method"
            data-fixed
            style={{ flex: '0 0 90px' }}
            data={['GET', 'POST']}
            value={draft.method}
            allowDeselect={false}
            onChange={(method) =>
              patch({ method: method as 'GET' | 'POST', ...(method === 'GET' && { body: 'none' }) })
            }
          />
          <TextInput
            label="Address"
            placeholder="https://api.example.com/v1/{value}"
            required
            spellCheck={false}
            classNames={{ input: 'mono' }}
            value={draft.url}
            onChange={(event) => patch({ url: event.currentTarget.value })}
            onPaste={paste}
            onBlur={() => draft.url.includes('?') && take(draft.url)}
          />
        </div>
        <p className={classes.hint}>
          <code>{'{value}'}</code> stands for the value, <code>{'{secret.key}'}</code> for a key. Paste an
          address as the manual of the service prints it, keys and all: it is taken apart.
          {plain && hostOf(draft.url) !== '' && ' This address is plain http: https is tried first.'}
        </p>
        <RowsField
          label="Query"
          noun="field"
          columns={pair}
          rows={draft.query}
          empty={{ name: '', value: '' }}
          onChange={(query) => patch({ query })}
        />
        <RowsField
          label="Headers"
          noun="header"
          columns={pair}
          rows={draft.headers}
          empty={{ name: '', value: '' }}
          onChange={(headers) => patch({ headers })}
        />
        {draft.method === 'POST' && (
          <Select
            label="Body"
            data={bodies}
            value={draft.body}
            allowDeselect={false}
            onChange={(body) => patch({ body: body as ConnectorDraft['body'] })}
          />
        )}
        {draft.body === 'json' && (
          <Textarea
            label="JSON"
            autosize
            minRows={4}
            classNames={{ input: 'mono' }}
            value={draft.json}
            onChange={(event) => patch({ json: event.currentTarget.value })}
          />
        )}
        {draft.body === 'form' && (
          <RowsField
            label="Form"
            noun="form field"
            columns={pair}
            rows={draft.form}
            empty={{ name: '', value: '' }}
            onChange={(form) => patch({ form })}
          />
        )}
        <RowsField
          label="Keys"
          noun="key"
          hint="Named here, used as {secret.name} above. What they are is put in below or after saving, and never shown again."
          columns={[
            { key: 'name', label: 'Name', mono: true },
            { key: 'label', label: 'Called' },
          ]}
          rows={draft.secrets}
          empty={{ name: 'key', label: 'API key', required: true }}
          onChange={(secrets) => patch({ secrets })}
        />
      </div>
    </section>
  )
}
