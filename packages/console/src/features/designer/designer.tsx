import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Query } from '@quarry/schema/endpoints/queries'
import { countTables, listTables } from '@quarry/schema/endpoints/tables'
import { useMemo, useRef } from 'react'
import { useCall } from '../../api.ts'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { useMay } from '../../session.ts'
import { type DeviceSelection, matchOf } from '../targets/device-selection.ts'
import { withUndeclared } from './declared.ts'
import classes from './designer.module.css'
import { noSchema } from './known-schema.ts'
import { requestSave } from './save-request.ts'
import { type EditorHandle, SqlEditor } from './sql-editor.tsx'
import { TablePanel } from './table-panel.tsx'
import type { DraftState } from './use-draft.ts'
import { VariablesEditor } from './variables-editor.tsx'

interface Props {
  base: Query | undefined
  state: DraftState
  /** Whom the query is for: what they lack is marked. */
  devices: DeviceSelection
  onRun: () => void
}

/** The SQL of a query with the tables beside it and its variables below. */
export function Designer({ base, state, devices, onRun }: Props) {
  const editor = useRef<EditorHandle>(null)
  const tables = useCall(listTables, {}, { staleTime: 300_000 })
  const schema = useMemo(
    () => (tables.data ? { tables: tables.data.items, functions: tables.data.functions } : noSchema),
    [tables.data],
  )
  const match = matchOf(devices)
  const counts = useCall(
    countTables,
    { body: { matchEndpoints: match ?? { all: true } } },
    { enabled: match !== undefined, staleTime: 60_000 },
  )
  const mayWrite = useMay('queries:write')
  const { draft, changed, change, discard } = state
  const format = async () => {
    const { formatSql } = await import('./format-sql.ts')
    try {
      change({ template: formatSql(draft.template) })
    } catch {
      notifications.show({
        color: 'red',
        title: 'The SQL was left as it is',
        message: 'It cannot be formatted, because it cannot be read. The editor marks where.',
      })
    }
  }
  return (
    <section className={classes.designer} aria-label="Designer">
      <div className={classes.bar}>
        <span className={classes.title}>SQL</span>
        <span className={classes.state}>{stateWords(base, state, mayWrite)}</span>
        <Group gap={6} ml="auto">
          {changed && (
            <Button variant="subtle" color="gray" size="compact-xs" onClick={discard}>
              Discard changes
            </Button>
          )}
          <Button variant="default" size="compact-xs" onClick={() => void format()} title="Shift + Alt + F">
            Format
          </Button>
        </Group>
      </div>
      {tables.isError && (
        <TroubleBox
          error={tables.error}
          title="The tables could not be read; completion is off"
          onRetry={() => void tables.refetch()}
        />
      )}
      <div className={classes.work}>
        <div className={classes.editor}>
          <SqlEditor
            ref={editor}
            value={draft.template}
            schema={schema}
            counts={match && counts.data}
            variables={withUndeclared(draft.template, draft.variables)}
            onChange={(template) => change({ template })}
            onRun={onRun}
            onSave={requestSave}
            onFormat={() => void format()}
          />
        </div>
        <TablePanel
          schema={schema}
          loading={tables.isPending}
          onInsert={(text) => editor.current?.insert(text)}
        />
      </div>
      <VariablesEditor
        template={draft.template}
        variables={draft.variables}
        onChange={(variables) => change({ variables })}
      />
    </section>
  )
}

/** What the SQL on show is, beside its title. */
function stateWords(base: Query | undefined, { changed, outdated }: DraftState, mayWrite: boolean): string {
  if (!changed)
    return !base
      ? ''
      : base.type === 'custom'
        ? 'saved'
        : mayWrite
          ? 'shipped; changes are saved as a copy'
          : 'shipped'
  if (!mayWrite) return 'changed in this browser; your role saves nothing'
  return outdated
    ? 'changed here, and the saved query was changed by someone since'
    : 'changed, not saved; kept in this browser'
}
