import type { Query } from '@quarry/schema/endpoints/queries'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { DesignerSwitch } from '../../components/designer-switch.tsx'
import { Bars } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { useDesigner } from '../../designer.ts'
import { withUndeclared } from '../designer/declared.ts'
import { QueryMenu } from '../designer/query-menu.tsx'
import { useDraft } from '../designer/use-draft.ts'
import { DevicePicker } from '../targets/device-picker.tsx'
import { parseSelection } from '../targets/device-selection.ts'
import { unready } from '../variables/variable-values.ts'
import { VariablesForm } from '../variables/variables-form.tsx'
import { AboutQuery } from './about-query.tsx'
import type { QuerySearch } from './query-search.ts'
import { RunCard } from './run-card.tsx'
import { useRunQuery } from './use-run-query.ts'
import classes from './workbench.module.css'

const Designer = lazy(async () => ({ default: (await import('../designer/designer.tsx')).Designer }))

/** Where a query is looked at, filled in, changed and run. Without `base` it is a new one. */
export function Workbench({ base }: { base: Query | undefined }) {
  const switched = useDesigner()
  // A new query has nothing to show without its SQL.
  const designer = switched || base === undefined
  const search: QuerySearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const [strict, setStrict] = useState(false)
  const state = useDraft(base)
  const asSaved = !designer || !state.changed
  const template = asSaved && base ? base.template : state.draft.template
  const variables = asSaved && base ? base.variables : withUndeclared(template, state.draft.variables)
  const typed = search.vars ?? {}
  const lists = search.lists ?? {}
  const devices = parseSelection(search.devices)
  const set = (part: QuerySearch) =>
    void navigate({ to: '.', replace: true, search: (before: object) => ({ ...before, ...part }) })
  const run = useRunQuery({
    ...(asSaved && base ? { saved: base } : { adHoc: { name: state.draft.name, template } }),
    variables,
    typed,
    lists,
    devices,
    wait: search.wait,
    onUnready: () => setStrict(true),
  })
  const form = variables.length > 0 && (
    <section className={classes.part} aria-label="Variables">
      <h2 className={classes.heading}>Variables</h2>
      <VariablesForm
        variables={variables}
        typed={typed}
        strict={strict}
        onChange={(vars) => set({ vars })}
        lists={lists}
        onLists={(next) => set({ lists: next })}
      />
    </section>
  )
  return (
    <Page
      title={base?.name ?? (state.draft.name || 'New query')}
      crumbs={[{ label: 'Live Discover', to: '/live-discover' }]}
      actions={
        <>
          {base && <DesignerSwitch />}
          <QueryMenu base={base} state={state} designer={designer} />
        </>
      }
    >
      <div className={classes.columns}>
        <div className={classes.main}>
          {base && <AboutQuery query={base} />}
          {designer && (
            <Suspense fallback={<Bars count={1} height={280} />}>
              <Designer base={base} state={state} devices={devices} onRun={run.start} />
            </Suspense>
          )}
          {form}
          <section className={classes.part} aria-label="Devices">
            <h2 className={classes.heading}>Devices</h2>
            <DevicePicker selection={devices} onChange={(selection) => set({ devices: selection })} />
          </section>
        </div>
        <RunCard
          performance={asSaved ? base?.performance : undefined}
          devices={devices}
          wait={search.wait}
          onWait={(wait) => set({ wait })}
          run={run}
          missing={strict ? unready(variables, typed, new Date(), lists) : []}
        />
      </div>
    </Page>
  )
}
