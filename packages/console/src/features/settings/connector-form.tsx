import { Checkbox, MultiSelect, NumberInput, TextInput } from '@mantine/core'
import { PivotType } from '@quarry/schema'
import { kindWords } from '../pivots/kind-words.ts'
import { type ConnectorDraft, codeOf } from './connector-draft.ts'
import { TlpSelect } from './connector-limits.tsx'
import { ConnectorRequest } from './connector-request.tsx'
import { ConnectorResponseForm } from './connector-response.tsx'
import classes from './connectors.module.css'

interface Props {
  draft: ConnectorDraft
  onChange: (draft: ConnectorDraft) => void
  onSecret: (name: string, value: string) => void
}

/** The form of a connector that asks a service over HTTP. */
export function ConnectorForm({ draft, onChange, onSecret }: Props) {
  const patch = (change: Partial<ConnectorDraft>) => onChange({ ...draft, ...change })
  return (
    <>
      <section className={classes.part} aria-label="About">
        <h2>About</h2>
        <div className={classes.row}>
          <TextInput
            label="Name"
            required
            data-autofocus
            maxLength={60}
            value={draft.name}
            onChange={({ currentTarget: { value: name } }) =>
              patch({
                name,
                ...((draft.code === '' || draft.code === codeOf(draft.name)) && { code: codeOf(name) }),
              })
            }
          />
          <TextInput
            label="Id"
            required
            classNames={{ input: 'mono' }}
            value={draft.code}
            onChange={(event) => patch({ code: event.currentTarget.value })}
          />
          <MultiSelect
            label="Asked about"
            required
            style={{ flexBasis: 220 }}
            data={PivotType.options.map((value) => ({ value, label: kindWordOf(value) }))}
            value={draft.types}
            onChange={(types) => patch({ types: types as PivotType[] })}
          />
        </div>
        <TextInput
          mt="xs"
          label="What it says, in a sentence"
          required
          placeholder="Country and city of an address."
          value={draft.description}
          onChange={(event) => patch({ description: event.currentTarget.value })}
        />
      </section>
      <ConnectorRequest draft={draft} patch={patch} onSecret={onSecret} />
      <ConnectorResponseForm draft={draft} patch={patch} />
      <section className={classes.part} aria-label="Limits">
        <h2>Limits</h2>
        <div className={classes.row}>
          <NumberInput
            label="Requests"
            min={1}
            allowDecimal={false}
            value={draft.requests}
            onChange={(value) => patch({ requests: Number(value) })}
          />
          <NumberInput
            label="in each … seconds"
            min={0.1}
            value={draft.perSeconds}
            onChange={(value) => patch({ perSeconds: Number(value) })}
          />
          <NumberInput
            label="Requests a day"
            placeholder="no limit"
            min={1}
            allowDecimal={false}
            value={draft.perDay}
            onChange={(value) => patch({ perDay: value === '' ? '' : Number(value) })}
          />
          <NumberInput
            label="Answers are kept, hours"
            min={0}
            value={draft.cacheHours}
            onChange={(value) => patch({ cacheHours: Number(value) })}
          />
          <NumberInput
            label="“Unknown” is kept, hours"
            min={0}
            value={draft.negativeCacheHours}
            onChange={(value) => patch({ negativeCacheHours: Number(value) })}
          />
          <TlpSelect value={draft.tlp} onChange={(tlp) => patch({ tlp })} />
        </div>
        <Checkbox
          mt="sm"
          label="The service is inside: its hosts may have private and loopback addresses"
          checked={draft.allowPrivate}
          onChange={(event) => patch({ allowPrivate: event.currentTarget.checked })}
        />
        <Checkbox
          mt="xs"
          label="It knows private addresses and local names: they are sent to it too"
          checked={draft.privateValues}
          onChange={(event) => patch({ privateValues: event.currentTarget.checked })}
        />
      </section>
    </>
  )
}

/** Two types are called alike where a cell is one of them; here they stand side by side. */
const kindWordOf = (type: PivotType) => (type === 'deviceId' ? 'device id' : kindWords[type])
