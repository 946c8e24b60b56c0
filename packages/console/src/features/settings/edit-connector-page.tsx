import { Button, PasswordInput, SegmentedControl, Textarea } from '@mantine/core'
import type { PivotType } from '@quarry/schema'
import {
  createConnector,
  getConnector,
  listConnectors,
  putConnectorSecret,
  tryConnector,
  updateConnector,
} from '@quarry/schema/endpoints/connectors'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call, useCall } from '../../api.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { type ConnectorDraft, definitionOf, draftOf, emptyDraft } from './connector-draft.ts'
import { ConnectorForm } from './connector-form.tsx'
import { ConnectorTest } from './connector-test.tsx'
import classes from './connectors.module.css'

interface Start {
  /** The connector that is changed; undefined for a new one. */
  id: string | undefined
  draft: ConnectorDraft | undefined
  yaml: string
  types: readonly PivotType[]
}

const editRoute = getRouteApi('/app/settings/connectors/$connectorId/edit')
const newRoute = getRouteApi('/app/settings/connectors/new')

/** Changes a connector of one's own. */
export function EditConnectorPage() {
  const { connectorId } = editRoute.useParams()
  const connector = useCall(
    getConnector,
    { params: { id: connectorId } },
    { staleTime: Number.POSITIVE_INFINITY },
  )
  return (
    <Loaded call={connector} failed="The connector could not be read">
      {({ id, definition, yaml, types }) => (
        <Editor title="Edit a connector" start={{ id, draft: draftOf(definition), yaml, types }} />
      )}
    </Loaded>
  )
}

/** Adds a connector, from nothing or from a copy of another. */
export function NewConnectorPage() {
  const { copy } = newRoute.useSearch()
  const original = useCall(
    getConnector,
    { params: { id: copy ?? '' } },
    { enabled: copy !== undefined, staleTime: Number.POSITIVE_INFINITY },
  )
  if (copy === undefined)
    return (
      <Editor
        title="Add a connector"
        start={{ id: undefined, draft: emptyDraft, yaml: '', types: emptyDraft.types }}
      />
    )
  return (
    <Loaded call={original} failed="The connector could not be read">
      {({ definition, yaml, types, code, name }) => {
        const draft = draftOf(definition)
        const renamed = yaml
          .replace(/^id: .*$/m, `id: my_${code}`.slice(0, 44))
          .replace(/^name: .*$/m, `name: My ${JSON.stringify(name).slice(1, -1)}`)
        const own = draft && { ...draft, code: `my_${code}`.slice(0, 40), name: `My ${name}`.slice(0, 60) }
        return <Editor title="Add a connector" start={{ id: undefined, draft: own, yaml: renamed, types }} />
      }}
    </Loaded>
  )
}

function Editor({ title, start }: { title: string; start: Start }) {
  const [draft, setDraft] = useState(start.draft ?? emptyDraft)
  const [yaml, setYaml] = useState(start.yaml)
  const [as, setAs] = useState<'form' | 'yaml'>(start.draft ? 'form' : 'yaml')
  const [secrets, setSecrets] = useState<Record<string, string>>({})
  const body = as === 'form' ? { definition: { ...definitionOf(draft) } } : { yaml }
  const save = useSave(start.id, body, secrets)
  const names = as === 'form' ? draft.secrets.map(({ name, label }) => ({ name, label })) : secretsOf(yaml)
  return (
    <Page
      title={title}
      crumbs={[{ label: 'Connectors', to: '/settings/connectors' }]}
      actions={
        start.draft && (
          <SegmentedControl
            aria-label="Edit as"
            data={[
              { value: 'form', label: 'Form' },
              { value: 'yaml', label: 'YAML' },
            ]}
            value={as}
            onChange={(value) => setAs(value as typeof as)}
          />
        )
      }
    >
      {save.isError && <TroubleBox error={save.error} title="The connector was not saved" />}
      <div className={classes.columns}>
        <div>
          {as === 'form' ? (
            <ConnectorForm
              draft={draft}
              onChange={setDraft}
              onSecret={(name, value) => setSecrets((before) => ({ ...before, [name]: value }))}
            />
          ) : (
            <section className={`${classes.part} ${classes.yaml}`} aria-label="YAML">
              <Textarea
                label="YAML"
                description="The same form as the files of connectors/. See the guide on enrichment for all of it."
                autosize
                minRows={18}
                spellCheck={false}
                value={yaml}
                onChange={(event) => setYaml(event.currentTarget.value)}
              />
            </section>
          )}
          <div className={classes.foot}>
            <Button variant="default" renderRoot={(root) => <Link to="/settings/connectors" {...root} />}>
              Cancel
            </Button>
            <Button loading={save.isPending} onClick={() => save.mutate()}>
              Save
            </Button>
          </div>
        </div>
        <div className={classes.beside}>
          {names.length > 0 && (
            <section className={classes.part} aria-label="Keys">
              <h2>Keys</h2>
              {names.map(({ name, label }) => (
                <PasswordInput
                  key={name}
                  label={label || name}
                  autoComplete="off"
                  placeholder={start.id === undefined ? 'Paste it here' : 'Empty: as it is'}
                  value={secrets[name] ?? ''}
                  onChange={(event) => setSecrets({ ...secrets, [name]: event.currentTarget.value })}
                />
              ))}
            </section>
          )}
          <ConnectorTest
            types={as === 'form' ? draft.types : start.types.length > 0 ? start.types : ['ipAddress']}
            ask={(type, value) =>
              call(tryConnector, {
                body: {
                  ...body,
                  type,
                  value,
                  secrets: given(secrets),
                  ...(start.id !== undefined && { id: start.id }),
                },
              })
            }
          />
        </div>
      </div>
    </Page>
  )
}

/** Saves the definition, then the keys that were put in, and goes to the page of the connector. */
function useSave(
  id: string | undefined,
  body: { definition?: Record<string, unknown>; yaml?: string },
  secrets: Record<string, string>,
) {
  const navigate = useNavigate()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async () => {
      const saved =
        id === undefined
          ? await call(createConnector, { body })
          : await call(updateConnector, { params: { id }, body })
      const known = new Set(saved.secrets.map(({ name }) => name))
      for (const [name, value] of Object.entries(given(secrets)))
        if (known.has(name))
          await call(putConnectorSecret, { params: { id: saved.id }, body: { name, value } })
      return saved
    },
    onSuccess: async (saved) => {
      await Promise.all(
        [getConnector, listConnectors].map(({ id }) => cache.invalidateQueries({ queryKey: [id] })),
      )
      await navigate({ to: '/settings/connectors/$connectorId', params: { connectorId: saved.id } })
    },
  })
}

const given = (secrets: Record<string, string>) =>
  Object.fromEntries(Object.entries(secrets).filter(([, value]) => value.trim() !== ''))

/** Names of the keys that a YAML text uses. */
function secretsOf(yaml: string): { name: string; label: string }[] {
  const names = [...yaml.matchAll(/\{secret\.(\w+)/g)].map(([, name]) => name!)
  return [...new Set(names)].map((name) => ({ name, label: name }))
}
