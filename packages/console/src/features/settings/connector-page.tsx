import { Button, Menu, Switch } from '@mantine/core'
import {
  type ConnectorSummary,
  deleteConnector,
  getConnector,
  listConnectors,
  testConnector,
  updateConnector,
} from '@quarry/schema/endpoints/connectors'
import { IconChevronDown, IconCopy, IconDownload, IconPencil, IconTrash } from '@tabler/icons-react'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call, useAction, useCall } from '../../api.ts'
import { Confirm } from '../../components/confirm.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { ConnectorFacts } from './connector-facts.tsx'
import { ConnectorLimits } from './connector-limits.tsx'
import { ConnectorSecrets } from './connector-secrets.tsx'
import { ConnectorState } from './connector-state.tsx'
import { ConnectorTest } from './connector-test.tsx'
import classes from './connectors.module.css'
import { saveText } from './save-text.ts'

const route = getRouteApi('/app/settings/connectors/$connectorId')

/** One connector: its keys, its limits, a test, and its definition as the file that it is. */
export function ConnectorPage() {
  const { connectorId } = route.useParams()
  const connector = useCall(getConnector, { params: { id: connectorId } }, { refetchInterval: 15_000 })
  const toggle = useAction(updateConnector, { invalidates: [getConnector, listConnectors] })
  return (
    <Page
      title={connector.data?.name ?? 'Connector'}
      crumbs={[{ label: 'Connectors', to: '/settings/connectors' }]}
      note={connector.data && <ConnectorState connector={connector.data} />}
      actions={
        connector.data && (
          <>
            <Switch
              label={connector.data.enabled ? 'On' : 'Off'}
              aria-label={`Use ${connector.data.name}`}
              checked={connector.data.enabled}
              disabled={toggle.isPending}
              onChange={(event) =>
                toggle.mutate({ params: { id: connectorId }, body: { enabled: event.currentTarget.checked } })
              }
            />
            <Actions connector={connector.data} yaml={connector.data.yaml} />
          </>
        )
      }
    >
      {toggle.isError && <TroubleBox error={toggle.error} title="It was not switched" />}
      <Loaded call={connector} failed="The connector could not be read">
        {(detail) => (
          <div className={classes.columns}>
            <div>
              <ConnectorFacts connector={detail} />
              {detail.secrets.length > 0 && <ConnectorSecrets connector={detail} />}
              {detail.kind !== 'link' && <ConnectorLimits key={detail.updatedAt} connector={detail} />}
              <section className={classes.part} aria-label="Definition">
                <h2>Definition</h2>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keys. */}
                <pre className={classes.code} tabIndex={0}>
                  {detail.yaml}
                </pre>
              </section>
            </div>
            {detail.kind !== 'link' && (
              <div className={classes.beside}>
                <ConnectorTest
                  types={detail.types}
                  unready={
                    ['needsSecret', 'needsFile'].includes(detail.state.code)
                      ? detail.state.message
                      : undefined
                  }
                  ask={(type, value) =>
                    call(testConnector, { params: { id: detail.id }, body: { type, value } })
                  }
                />
              </div>
            )}
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function Actions({ connector, yaml }: { connector: ConnectorSummary; yaml: string }) {
  const navigate = useNavigate()
  const [deleting, setDeleting] = useState(false)
  const remove = useAction(deleteConnector, {
    invalidates: [listConnectors],
    onSuccess: () => void navigate({ to: '/settings/connectors' }),
  })
  const custom = connector.sourceType === 'custom'
  return (
    <>
      {custom && (
        <Button
          variant="default"
          leftSection={<IconPencil size={15} aria-hidden />}
          renderRoot={(root) => (
            <Link
              to="/settings/connectors/$connectorId/edit"
              params={{ connectorId: connector.id }}
              {...root}
            />
          )}
        >
          Edit
        </Button>
      )}
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={13} aria-hidden />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconCopy size={15} />}
            renderRoot={(root) => (
              <Link to="/settings/connectors/new" search={{ copy: connector.id }} {...root} />
            )}
          >
            Make a copy of it
          </Menu.Item>
          <Menu.Item
            leftSection={<IconDownload size={15} />}
            onClick={() => saveText(`${connector.code}.yaml`, yaml)}
          >
            Export as YAML
          </Menu.Item>
          {custom && (
            <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => setDeleting(true)}>
              Delete…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={deleting}
        onClose={() => setDeleting(false)}
        title={`Delete ${connector.name}?`}
        confirm="Delete the connector"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { id: connector.id } })}
      >
        Its keys and the answers that are kept go with it. Export it first to be able to add it again.
      </Confirm>
    </>
  )
}
