import { Button } from '@mantine/core'
import {
  getReputation,
  getReputationSettings,
  type ReputationSettings,
  updateReputationSettings,
} from '@quarry/schema/endpoints/reputation'
import { type FormEvent, useState } from 'react'
import { useAction } from '../../api.ts'
import { TroubleBox } from '../../components/trouble-box.tsx'
import classes from './connectors.module.css'
import { ScoresLists } from './scores-lists.tsx'
import own from './scores-page.module.css'
import { ScoresSourceTable } from './scores-source-table.tsx'
import { receivers, type Source } from './scores-sources.ts'

/** The sources of global reputation and the two lists that come before them; nothing holds until it is saved. */
export function ScoresForm({ saved, sources }: { saved: ReputationSettings; sources: readonly Source[] }) {
  const [draft, setDraft] = useState(saved)
  const save = useAction(updateReputationSettings, { invalidates: [getReputationSettings, getReputation] })
  // A connector that was deleted since is no longer a source.
  const known = draft.connectorIds.filter((id) => sources.some(({ connector }) => connector.id === id))
  const body = { ...draft, connectorIds: known }
  const isChanged = JSON.stringify(body) !== JSON.stringify(saved)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ body })
  }
  return (
    <form className={classes.part} aria-label="Global reputation" onSubmit={submit}>
      <h2>Global reputation</h2>
      <Warning names={receivers(sources, known)} />
      <ScoresSourceTable
        sources={sources}
        chosen={known}
        onChange={(connectorIds) => setDraft({ ...draft, connectorIds })}
      />
      <ScoresLists draft={draft} onChange={setDraft} />
      {save.isError && <TroubleBox error={save.error} title="The sources were not saved" />}
      <div className={own.saving}>
        <span className="dimmed">
          {isChanged
            ? 'Not saved yet. Saving forgets what was known: devices ask anew.'
            : 'Bad beats good; looked up and unknown is 30.'}
        </span>
        {isChanged && (
          <Button variant="default" onClick={() => setDraft(saved)}>
            Discard
          </Button>
        )}
        <Button type="submit" disabled={!isChanged} loading={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  )
}

function Warning({ names }: { names: readonly string[] }) {
  if (names.length === 0)
    return (
      <p className={own.quietNote}>
        No hash leaves this server. A service chosen here is sent the hash of every program that devices meet,
        whether anybody asks about it or not.
      </p>
    )
  return (
    <p className={own.warning} role="note">
      The hash of every program that devices meet is sent to <strong>{names.join(', ')}</strong>, whether
      anybody asks about it or not. No file is sent.
    </p>
  )
}
