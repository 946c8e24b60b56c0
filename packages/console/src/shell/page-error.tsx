import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { TroubleBox } from '../components/trouble-box.tsx'

/** The picture of a page that could not be shown. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return (
    <div style={{ padding: 16 }}>
      <TroubleBox error={error} title="This page could not be shown" onRetry={retry} />
    </div>
  )
}
