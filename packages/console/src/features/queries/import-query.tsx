import { Button, FileButton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { importQuery, listQueries } from '@quarry/schema/endpoints/queries'
import { listCategories } from '@quarry/schema/endpoints/query-categories'
import { useNavigate } from '@tanstack/react-router'
import { useAction } from '../../api.ts'
import { troubleOf } from '../../errors.ts'

const LARGEST = 200_000

/** Saves a catalogue file from this computer as a custom query and opens it. */
export function ImportQuery() {
  const navigate = useNavigate()
  const refuse = (message: string) =>
    notifications.show({ color: 'red', title: 'The file was not imported', message, autoClose: 10_000 })
  const action = useAction(importQuery, {
    invalidates: [listQueries, listCategories],
    onSuccess: (query) => {
      notifications.show({ title: 'Imported', message: query.name })
      void navigate({ to: '/live-discover/queries/$queryId', params: { queryId: query.id } })
    },
    onError: (error) => refuse(troubleOf(error).message),
  })
  const read = async (file: File | null) => {
    if (!file) return
    if (file.size > LARGEST) return refuse(`“${file.name}” is larger than a query can be (200 kB).`)
    action.mutate({ body: { yaml: await file.text() } })
  }
  return (
    <FileButton onChange={(file) => void read(file)} accept=".yaml,.yml">
      {(props) => (
        <Button {...props} variant="default" loading={action.isPending}>
          Import YAML…
        </Button>
      )}
    </FileButton>
  )
}
