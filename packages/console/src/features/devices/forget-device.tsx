import { notifications } from '@mantine/notifications'
import { type Device, deleteEndpoint, listEndpoints } from '@quarry/schema/endpoints/endpoints'
import { useNavigate } from '@tanstack/react-router'
import { useAction } from '../../api.ts'
import { Confirm } from '../../components/confirm.tsx'

/** Forgets a device, after asking. */
export function ForgetDevice({
  device,
  opened,
  onClose,
}: {
  device: Device
  opened: boolean
  onClose: () => void
}) {
  const navigate = useNavigate()
  const action = useAction(deleteEndpoint, {
    invalidates: [listEndpoints],
    onSuccess: () => {
      notifications.show({ title: 'Forgotten', message: device.hostname })
      void navigate({ to: '/devices' })
    },
  })
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={`Forget ${device.hostname}?`}
      confirm={`Forget ${device.hostname}`}
      busy={action.isPending}
      error={action.error}
      onConfirm={() => action.mutate({ params: { id: device.id } })}
    >
      Its key opens nothing any more, and its agent is disconnected at once. Runs and results that it took
      part in stay. To bring it back it must enrol again, with a new token.
    </Confirm>
  )
}
