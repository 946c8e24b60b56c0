import { Skeleton, Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { TroubleBox } from './trouble-box.tsx'

interface Props<T> {
  call: UseQueryResult<T>
  /** What could not be read, for the error: `The devices could not be read`. */
  failed: string
  /** Stands in until the answer comes; three bars by default. */
  skeleton?: ReactNode
  children: (data: T) => ReactNode
}

/** Shows a call in each of its states. What was read stays on show when a later read fails, with the error above it. */
export function Loaded<T>({ call, failed, skeleton, children }: Props<T>) {
  const trouble = call.isError && (
    <TroubleBox error={call.error} title={failed} onRetry={() => void call.refetch()} />
  )
  if (call.data !== undefined)
    return (
      <>
        {trouble}
        {children(call.data)}
      </>
    )
  if (trouble) return trouble
  return <div aria-busy="true">{skeleton ?? <Bars />}</div>
}

/** Skeleton of a list. */
export function Bars({ count = 3, height = 28 }: { count?: number; height?: number }) {
  return (
    <Stack gap={8}>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} h={height} />
      ))}
    </Stack>
  )
}
