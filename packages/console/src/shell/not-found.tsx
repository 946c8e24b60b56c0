import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Empty } from '../components/empty.tsx'

/** The picture of an address that has no page. */
export function NotFound() {
  return (
    <Empty title="Nothing is at this address">
      The link may be old, or a letter of it lost.{' '}
      <Anchor inherit component={Link} to="/live-discover">
        Go to Live Discover
      </Anchor>
    </Empty>
  )
}
