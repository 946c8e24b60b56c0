import { notifications } from '@mantine/notifications'
import { deleteQuery, listQueries, type Query } from '@quarry/schema/endpoints/queries'
import { listCategories } from '@quarry/schema/endpoints/query-categories'
import { useNavigate } from '@tanstack/react-router'
import { useAction } from '../../api.ts'
import { Confirm } from '../../components/confirm.tsx'

/** Deletes a custom query, after asking. */
export function DeleteQuery({ query, onClose }: { query: Query; onClose: () => void }) {
  const navigate = useNavigate()
  const action = useAction(deleteQuery, {
    invalidates: [listQueries, listCategories],
    onSuccess: () => {
      notifications.show({ title: 'Deleted', message: query.name })
      void navigate({ to: '/live-discover' })
    },
  })
  return (
    <Confirm
      opened
      onClose={onClose}
      title="Delete this query?"
      confirm="Delete the query"
      busy={action.isPending}
      error={action.error}
      onConfirm={() => action.mutate({ params: { id: query.id } })}
    >
      “{query.name}” goes from the catalogue for everyone. Its runs and their results stay. Export it as YAML
      first if you may want it back.
    </Confirm>
  )
}
