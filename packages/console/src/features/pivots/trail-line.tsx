import { getTrail, type TrailStep } from '@quarry/schema/endpoints/pivots'
import type { Run } from '@quarry/schema/endpoints/runs'
import { IconBinaryTree, IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { useCall } from '../../api.ts'
import { visibleText } from '../../components/cells/visible-text.ts'
import classes from './trail-line.module.css'

/** Steps that are shown at each end when there are many. */
const shown = 4

/** Where a question came from: each run before it, with the cell that the next was asked from. Nothing for a first question. */
export function TrailLine({ run }: { run: Run }) {
  const trail = useCall(getTrail, { params: { id: run.id } }, { staleTime: 60_000 })
  const steps = trail.data?.before ?? []
  const parts = trail.data?.investigations ?? []
  if (!run.origin && parts.length === 0) return null
  const hidden = Math.max(0, steps.length - shown)
  return (
    <nav
      aria-label={run.origin ? 'Where this question came from' : 'What this question is part of'}
      className={classes.line}
    >
      {hidden > 0 && <span className="dimmed">{hidden} more before</span>}
      {steps.slice(hidden).map((step) => (
        <Step key={step.runId} step={step} />
      ))}
      {run.origin && (
        <span className={classes.here} aria-current="page">
          {run.name}
        </span>
      )}
      {parts.length > 0 && (
        <span className={classes.parts}>
          <IconBinaryTree size={13} aria-hidden />
          {parts.map(({ id, name }) => (
            <Link
              key={id}
              to="/investigations/$investigationId"
              params={{ investigationId: id }}
              className={classes.run}
              title={`Part of the investigation “${name}”`}
            >
              {name}
            </Link>
          ))}
        </span>
      )}
    </nav>
  )
}

function Step({ step }: { step: TrailStep }) {
  return (
    <Fragment>
      <Link
        to="/live-discover/runs/$runId"
        params={{ runId: step.runId }}
        className={classes.run}
        title={step.name}
      >
        {step.name}
      </Link>
      <IconChevronRight size={13} aria-hidden className={classes.arrow} />
      <span className={classes.cell} title={`${step.column}: ${step.value}`}>
        <span className="dimmed">{step.column}</span>{' '}
        <span className="mono">{visibleText(step.value, 80)}</span>
        {step.count > 1 && <span className="dimmed"> and {step.count - 1} more</span>}
      </span>
      <IconChevronRight size={13} aria-hidden className={classes.arrow} />
    </Fragment>
  )
}
