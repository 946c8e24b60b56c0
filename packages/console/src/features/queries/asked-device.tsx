import { Button, Group } from '@mantine/core'
import { getEndpoint } from '@quarry/schema/endpoints/endpoints'
import { useCall } from '../../api.ts'

/** Says that the next question is for one device, and takes that back. */
export function AskedDevice({ id, onClear }: { id: string; onClear: () => void }) {
  const device = useCall(getEndpoint, { params: { id }, query: {} })
  return (
    <Group gap="xs" mb={8}>
      <span>
        Pick the question for{' '}
        <strong>{device.data?.hostname ?? (device.isError ? 'a device that is gone' : '…')}</strong>.
      </span>
      <Button variant="subtle" size="compact-xs" onClick={onClear}>
        Ask all devices instead
      </Button>
    </Group>
  )
}
