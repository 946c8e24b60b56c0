import { Button, Select, TextInput } from '@mantine/core'
import type { PivotType } from '@quarry/schema'
import type { Tested } from '@quarry/schema/endpoints/connectors'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { EnrichmentAnswer } from '../enrichment/enrichment-answer.tsx'
import { kindWords } from '../pivots/kind-words.ts'
import classes from './connectors.module.css'

interface Props {
  types: readonly PivotType[]
  /** Why nothing can be asked yet. */
  unready?: string | undefined
  ask: (type: PivotType, value: string) => Promise<Tested>
}

const examples: Partial<Record<PivotType, string>> = {
  ipAddress: '8.8.8.8',
  domain: 'example.org',
  url: 'https://example.org/',
  sha256: '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f',
  sha1: '3395856ce81f2b7382dee72602f798b642f14140',
  md5: '44d88612fea8a8f36de82e1278abb02f',
  packageName: 'openssl',
}

/** Asks a connector about one value and shows what was sent, keys masked, and what came of it. */
export function ConnectorTest({ types, unready, ask }: Props) {
  const [chosen, setChosen] = useState<PivotType>()
  const type = chosen !== undefined && types.includes(chosen) ? chosen : types[0]
  const [typed, setTyped] = useState<string>()
  const value = typed ?? (type ? (examples[type] ?? '') : '')
  const test = useMutation({
    mutationFn: (input: { type: PivotType; value: string }) => ask(input.type, input.value),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (type) test.mutate({ type, value })
  }
  return (
    <section className={classes.part} aria-label="Test">
      <h2>Test</h2>
      <form onSubmit={submit} className={classes.row}>
        <Select
          label="Kind of value"
          data={types.map((each) => ({ value: each, label: kindWords[each] }))}
          value={type ?? null}
          allowDeselect={false}
          onChange={(next) => {
            setChosen(next as PivotType)
            setTyped(undefined)
          }}
        />
        <TextInput
          label="Value"
          value={value}
          onChange={(event) => setTyped(event.currentTarget.value)}
          spellCheck={false}
        />
        <Button
          type="submit"
          data-fixed
          loading={test.isPending}
          disabled={!type || value.trim() === '' || unready !== undefined}
        >
          Test
        </Button>
      </form>
      <p className={classes.hint}>
        {unready ?? 'Sends one request, past the cache. It counts against the quota.'}
      </p>
      {test.isError && <TroubleBox error={test.error} title="It was not tested" />}
      {test.data && <Outcome tested={test.data} />}
    </section>
  )
}

function Outcome({ tested }: { tested: Tested }) {
  const { request, response, item, fields } = tested
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 12, marginTop: 12 }} aria-live="polite">
      {request && (
        <div>
          <h2>Sent</h2>
          <pre className={`${classes.code} ${classes.wrapped}`}>{requestText(request)}</pre>
        </div>
      )}
      {response && (
        <div className="dimmed numbers">
          {response.status} in {response.milliseconds.toLocaleString('en')} ms,{' '}
          {response.bytes.toLocaleString('en')} bytes from {response.address},{' '}
          {response.encrypted ? 'over https' : 'over plain http, unencrypted'}
        </div>
      )}
      <div style={{ display: 'flex', flexDirection: 'column', gap: 12 }}>
        <h2 style={{ margin: 0 }}>Read from the answer</h2>
        <EnrichmentAnswer item={item} fields={fields} />
      </div>
    </div>
  )
}

function requestText({ method, url, headers, body }: NonNullable<Tested['request']>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${url}`, ...lines, ...(body === undefined ? [] : ['', body])].join('\n')
}
