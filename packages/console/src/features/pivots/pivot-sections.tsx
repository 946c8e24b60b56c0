import { Loader, Menu, SegmentedControl, TextInput } from '@mantine/core'
import { listPivots, type Pivot } from '@quarry/schema/endpoints/pivots'
import type { Run } from '@quarry/schema/endpoints/runs'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useCall } from '../../api.ts'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { useMay } from '../../session.ts'
import classes from './pivot-sections.module.css'
import { scopesOf } from './scopes.ts'
import type { Subject } from './subject.ts'
import { useAsk } from './use-ask.ts'

/** From so many queries on a field narrows them. */
const searchFrom = 8

const engines = [
  { id: 'live', title: 'Live Discover' },
  { id: 'lake', title: 'Data Lake' },
] as const

/** The saved queries that the cells lead to, each run in a new tab by a click. Shows nothing where there is none. */
export function PivotSections({ run, subject }: { run: Run; subject: Subject }) {
  const mayRun = useMay('queries:run')
  const { type, groups, values } = subject
  const wanted =
    mayRun && type !== undefined && (groups.has('live') || groups.has('lake')) && values.length > 0
  const pivots = useCall(
    listPivots,
    { query: { type: type ?? 'deviceName', categoryId: run.category?.id } },
    { enabled: wanted, staleTime: 60_000 },
  )
  if (!wanted) return null
  if (pivots.isError)
    return (
      <TroubleBox
        error={pivots.error}
        title="The pivots could not be read"
        onRetry={() => void pivots.refetch()}
      />
    )
  if (!pivots.data)
    return (
      <div className={classes.pending} role="status" aria-label="The pivots are read">
        <Loader size={14} />
      </div>
    )
  const offered = pivots.data.items.filter(({ engine }) => groups.has(engine))
  return offered.length === 0 ? null : <Offered run={run} subject={subject} offered={offered} />
}

function Offered({ run, subject, offered }: { run: Run; subject: Subject; offered: readonly Pivot[] }) {
  const scopes = scopesOf(run, subject)
  const [scopeId, setScopeId] = useState(scopes[0]!.id)
  const [search, setSearch] = useState('')
  const scope = scopes.find(({ id }) => id === scopeId) ?? scopes[0]!
  const ask = useAsk(run, subject, scope)
  const field = useRef<HTMLInputElement>(null)
  // The questions come after the menu has opened and has placed the focus.
  useEffect(() => field.current?.focus(), [])
  const several = subject.values.length > 1
  const fitting = several ? offered.filter(({ takesList }) => takesList) : offered
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = fitting.filter(({ name, description, category }) => {
    const text = `${name} ${description} ${category.name}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const single = offered.length - fitting.length
  return (
    <>
      <Menu.Divider />
      <div className={classes.tools}>
        {fitting.length >= searchFrom && (
          <TextInput
            aria-label="Search the questions"
            placeholder={`Search ${fitting.length} questions`}
            size="xs"
            ref={field}
            leftSection={<IconSearch size={13} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !found[0]) return
              void ask(found[0])
            }}
          />
        )}
        <SegmentedControl
          aria-label="Devices to ask"
          size="xs"
          fullWidth
          value={scope.id}
          data={scopes.map(({ id, label }) => ({ value: id, label }))}
          onChange={(id) => setScopeId(id as typeof scopeId)}
        />
      </div>
      <div className={classes.list} data-shrinks>
        {engines.map(({ id, title }) => {
          const ofEngine = found.filter(({ engine }) => engine === id)
          return ofEngine.length === 0 ? null : (
            <section key={id} aria-label={title}>
              <Menu.Label>{title}</Menu.Label>
              {ofEngine.map((pivot) => (
                <Menu.Item
                  key={pivot.queryId}
                  title={pivot.description}
                  classNames={{ itemLabel: classes.label! }}
                  onClick={() => void ask(pivot)}
                  rightSection={
                    <span className={classes.category}>
                      {pivot.needs.length > 0 ? `asks for ${pivot.needs.join(', ')}` : pivot.category.name}
                    </span>
                  }
                >
                  <span className={classes.name} data-question>
                    {pivot.name}
                  </span>
                </Menu.Item>
              ))}
            </section>
          )
        })}
        {found.length === 0 && <p className={classes.none}>No question has these words.</p>}
        {single > 0 && (
          <p className={classes.none}>
            {single === 1 ? 'One more question takes' : `${single} more questions take`} a single value.
          </p>
        )}
      </div>
    </>
  )
}
