import { Button } from '@mantine/core'
import { AppError } from '@quarry/schema'
import { listRunEndpoints, type Run } from '@quarry/schema/endpoints/runs'
import {
  IconClockPause,
  IconFilterOff,
  IconHourglass,
  IconMoodEmpty,
  IconPlugConnectedX,
  IconTrashX,
} from '@tabler/icons-react'
import { useCall } from '../../api.ts'
import { Empty } from '../../components/empty.tsx'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { pictureOf } from './picture-of.ts'
import classes from './results-picture.module.css'
import type { Results } from './use-results.ts'
import { useRunSearch } from './use-run-search.ts'

const ICONS = {
  expired: IconTrashX,
  filtered: IconFilterOff,
  waiting: IconHourglass,
  offline: IconClockPause,
  none: IconMoodEmpty,
  failed: IconPlugConnectedX,
  canceled: IconMoodEmpty,
  timedOut: IconClockPause,
}

/** What stands in place of rows when there is none: why, and what to do. */
export function ResultsPicture({ run, results, all }: { run: Run; results: Results; all: number }) {
  const [search, patch] = useRunSearch()
  const { error, answered } = results.rows
  const expired = run.resultsExpired || (error instanceof AppError && error.code === 'results_expired')
  if (error !== undefined && !expired)
    return (
      <div className={classes.trouble}>
        <TroubleBox error={error} title="The rows could not be read" onRetry={results.refresh} />
        {(search.filter || search.sort || search.q) && (
          <Button
            variant="default"
            mt="sm"
            onClick={() => patch({ filter: undefined, sort: undefined, q: undefined })}
          >
            Clear filters, sort and search
          </Button>
        )}
      </div>
    )
  if (!answered && !expired && all > 0) return null
  const filtered = search.filter !== undefined || search.q !== undefined
  const picture = pictureOf(run, { expired, filtered: filtered && all > 0 })
  const { failed } = run.endpointCounts.statuses.finished
  const showsReasons = failed.total > 0 && picture.text.endsWith(':')
  const PictureIcon = ICONS[picture.kind]
  return (
    <Empty
      icon={<PictureIcon size={34} stroke={1.3} />}
      title={picture.title}
      action={
        picture.kind === 'filtered' && (
          <Button variant="default" onClick={() => patch({ filter: undefined, q: undefined })}>
            Clear filters and search
          </Button>
        )
      }
    >
      {picture.text}
      {showsReasons && <Reasons runId={run.id} failed={failed.total} />}
    </Empty>
  )
}

const SHOWN = 5

/** The first devices that failed, and why. `failed` is their number: when it grows, they are read again. */
function Reasons({ runId, failed: total }: { runId: string; failed: number }) {
  const shown = Math.min(total, SHOWN)
  const failed = useCall(
    listRunEndpoints,
    { params: { id: runId }, query: { match: 'finished:failed', pageSize: shown } },
    { keepPrevious: true },
  )
  const more = total - SHOWN
  return (
    <span className={classes.reasons}>
      {failed.data?.items.map(({ id, hostname, error }) => (
        <span key={id}>
          <b>{hostname}</b> {error?.message ?? 'gave no reason.'}
        </span>
      ))}
      {more > 0 && <span>…and {more.toLocaleString('en')} more, in the Devices tab.</span>}
    </span>
  )
}
