import type { Query } from '@quarry/schema/endpoints/queries'
import { DetailsForm } from './details-form.tsx'
import { draftOf, inputOf } from './draft.ts'
import type { DraftState } from './use-draft.ts'
import { useUpdateQuery } from './use-update-query.ts'

/** Changes name, description, categories and systems of a custom query; its SQL stays as it is saved. */
export function DetailsDialog({
  query,
  state,
  onClose,
}: {
  query: Query
  state: DraftState
  onClose: () => void
}) {
  const update = useUpdateQuery((saved) => {
    // What is typed and not saved yet keeps its SQL, with the new name.
    const { name, description, categoryIds, supportedOSes } = draftOf(saved)
    if (state.changed) state.change({ name, description, categoryIds, supportedOSes })
    onClose()
  })
  return (
    <DetailsForm
      title="Name and description"
      start={draftOf(query)}
      onSave={(draft) => {
        const { name, description, categoryIds, supportedOSes } = inputOf(draft)
        update.mutate({ params: { id: query.id }, body: { name, description, categoryIds, supportedOSes } })
      }}
      onClose={onClose}
      busy={update.isPending}
      error={update.error}
    />
  )
}
