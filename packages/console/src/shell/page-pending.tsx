import { Skeleton, Stack } from '@mantine/core'

/** Stands in while the code of a page is on its way. */
export function PagePending() {
  return (
    <Stack p="md" gap="sm" aria-busy="true" aria-label="Loading the page">
      <Skeleton h={24} w={320} />
      <Skeleton h={64} />
      <Skeleton h={64} />
      <Skeleton h={64} />
    </Stack>
  )
}
