import { Button } from '@mantine/core'
import { getReputation } from '@quarry/schema/endpoints/reputation'
import { useCall } from '../../api.ts'
import { ScoreBadge } from '../../components/cells/score-badge.tsx'
import { Bars } from '../../components/loaded.tsx'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { useMay } from '../../session.ts'
import { findingOf } from './findings.ts'
import type { FileScore } from './judge.ts'
import { Findings } from './score-reasons.tsx'
import classes from './scores.module.css'

interface AskedGlobal {
  /** Undefined until the server answered. */
  data: FileScore | undefined
  busy: boolean
  error: unknown
  retry: () => void
}

const fresh = 60_000

/** Asks the server for the global reputation of a file once that is wanted: its sources may be asked for it. */
export function useGlobal(sha256: string | undefined, wanted: boolean): AskedGlobal {
  const asked = useCall(
    getReputation,
    { params: { sha256: sha256 ?? '' } },
    { enabled: wanted && sha256 !== undefined, staleTime: fresh },
  )
  const answer = wanted ? asked.data : undefined
  return {
    data: answer && {
      score: answer.globalRep,
      findings: answer.evidence.flatMap((each) => findingOf(each) ?? []),
    },
    busy: wanted && asked.isPending,
    error: wanted ? asked.error : null,
    retry: () => void asked.refetch(),
  }
}

interface Props {
  asked: AskedGlobal
  /** As the row has it. */
  before: FileScore
  onAsk: () => void
}

/** The way from a row to what the server knows of its file now. */
export function AskGlobal({ asked: { data, busy, error, retry }, before, onAsk }: Props) {
  const may = useMay('enrichments:use')
  if (!may) return null
  if (error) return <TroubleBox error={error} title="The reputation could not be read" onRetry={retry} />
  if (busy) return <Bars count={2} height={16} />
  if (!data)
    return (
      <Button
        variant="default"
        size="compact-xs"
        mt={6}
        title="The hash goes to the sources that were chosen, if they have not been asked before."
        onClick={onAsk}
      >
        {before.findings ? 'Ask the server again' : 'Ask the server for the reasons'}
      </Button>
    )
  if (data.score < 0)
    return (
      <p className={classes.note}>
        The server says: nobody was asked. Sources are chosen under Settings, Scores.
      </p>
    )
  return (
    <div className={classes.answer} aria-live="polite">
      {data.score !== before.score && (
        <div className={classes.head}>
          <h4>The server says now, unlike this row</h4>
          <ScoreBadge scale="reputation" score={data.score} />
        </div>
      )}
      <Findings findings={data.findings ?? []} />
    </div>
  )
}
