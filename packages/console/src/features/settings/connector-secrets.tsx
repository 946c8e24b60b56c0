import { Button, PasswordInput } from '@mantine/core'
import {
  type ConnectorSummary,
  getConnector,
  listConnectors,
  putConnectorSecret,
} from '@quarry/schema/endpoints/connectors'
import { type FormEvent, useState } from 'react'
import { useAction } from '../../api.ts'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { When } from '../../components/when.tsx'
import classes from './connectors.module.css'

/** The keys of a connector: they go in, and never come out again. */
export function ConnectorSecrets({ connector }: { connector: ConnectorSummary }) {
  return (
    <section className={classes.part} aria-label="Keys">
      <h2>Keys</h2>
      {connector.secrets.map((secret) => (
        <Secret key={secret.name} connectorId={connector.id} secret={secret} />
      ))}
      <p className={classes.hint}>
        Sealed on the server, under a key outside the database. No page, log or export shows them; put a new
        one in to change one.
      </p>
    </section>
  )
}

function Secret({
  connectorId,
  secret,
}: {
  connectorId: string
  secret: ConnectorSummary['secrets'][number]
}) {
  const [value, setValue] = useState('')
  const put = useAction(putConnectorSecret, {
    invalidates: [getConnector, listConnectors],
    onSuccess: () => setValue(''),
  })
  const send = (next: string | null) =>
    put.mutate({ params: { id: connectorId }, body: { name: secret.name, value: next } })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send(value)
  }
  return (
    <form onSubmit={submit} style={{ marginBottom: 8 }}>
      {put.isError && <TroubleBox error={put.error} title="The key was not kept" />}
      <div className={classes.row}>
        <PasswordInput
          label={
            <>
              {secret.label}{' '}
              <span className="dimmed">
                {secret.set ? (
                  <>
                    · set <When at={secret.setAt} />
                  </>
                ) : secret.required ? (
                  '· not set'
                ) : (
                  '· not set, optional'
                )}
              </span>
            </>
          }
          {...(secret.description !== undefined && { description: secret.description })}
          placeholder={secret.set ? 'A new one takes its place' : 'Paste it here'}
          autoComplete="off"
          maxLength={4000}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Button type="submit" data-fixed disabled={value.trim().length < 4} loading={put.isPending}>
          Keep it
        </Button>
        {secret.set && (
          <Button variant="default" data-fixed disabled={put.isPending} onClick={() => send(null)}>
            Forget it
          </Button>
        )}
      </div>
    </form>
  )
}
