import { notifications } from '@mantine/notifications'
import { getQuery, listQueries, type Query, updateQuery } from '@quarry/schema/endpoints/queries'
import { listCategories } from '@quarry/schema/endpoints/query-categories'
import { useQueryClient } from '@tanstack/react-query'
import { callKey, useAction } from '../../api.ts'

/** Saves changes of a custom query; the answer is what every page shows from then on. */
export function useUpdateQuery(onSaved: (saved: Query) => void, onError?: (error: Error) => void) {
  const cache = useQueryClient()
  return useAction(updateQuery, {
    invalidates: [listQueries, listCategories],
    onSuccess: (saved) => {
      cache.setQueryData(callKey(getQuery, { params: { id: saved.id }, query: {} }), saved)
      onSaved(saved)
      notifications.show({ title: 'Saved', message: saved.name })
    },
    ...(onError && { onError }),
  })
}
