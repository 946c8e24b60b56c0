import { notifications } from '@mantine/notifications'
import { createQuery, listQueries, type Query } from '@quarry/schema/endpoints/queries'
import { listCategories } from '@quarry/schema/endpoints/query-categories'
import { useNavigate } from '@tanstack/react-router'
import { useAction } from '../../api.ts'
import { withUndeclared } from './declared.ts'
import { DetailsForm } from './details-form.tsx'
import { copyName, draftOf, inputOf } from './draft.ts'
import type { DraftState } from './use-draft.ts'

interface Props {
  /** The query that is copied; none for a new one. */
  base: Query | undefined
  state: DraftState
  /** In designer mode the copy has the SQL as it was changed. */
  designer: boolean
  onClose: () => void
}

/** Saves what is in the designer, or a copy of a query, as a custom query and opens it. */
export function SaveDialog({ base, state, designer, onClose }: Props) {
  const start = designer || !base ? state.draft : draftOf(base)
  const navigate = useNavigate()
  const action = useAction(createQuery, {
    invalidates: [listQueries, listCategories],
    onSuccess: (query) => {
      state.discard()
      onClose()
      notifications.show({ title: 'Saved', message: query.name })
      void navigate({ to: '/live-discover/queries/$queryId', params: { queryId: query.id }, search: true })
    },
  })
  return (
    <DetailsForm
      title={base ? 'Save as a copy' : 'Save the query'}
      start={{
        ...start,
        name: base ? copyName(start.name) : start.name,
        variables: withUndeclared(start.template, start.variables),
      }}
      onSave={(draft) => action.mutate({ body: inputOf(draft) })}
      onClose={onClose}
      busy={action.isPending}
      error={action.error}
    />
  )
}
