import { Select } from '@mantine/core'
import { addToGroup, listGroups, removeFromGroup } from '@quarry/schema/endpoints/endpoint-groups'
import { type Device, getEndpoint, listEndpoints } from '@quarry/schema/endpoints/endpoints'
import { useAction, useCall } from '../../api.ts'
import { TroubleBox } from '../../components/trouble-box.tsx'

const stale = [getEndpoint, listEndpoints, listGroups]

/** Moves a device into a group, or out of the one that it is in. */
export function DeviceGroup({ device }: { device: Device }) {
  const groups = useCall(listGroups, {}, { staleTime: 30_000 })
  const add = useAction(addToGroup, { invalidates: stale })
  const remove = useAction(removeFromGroup, { invalidates: stale })
  const items = groups.data?.items ?? []
  if (items.length === 0) return null
  const move = (id: string | null) => {
    if (id) add.mutate({ params: { id }, body: { ids: [device.id] } })
    else if (device.group) remove.mutate({ params: { id: device.group.id, endpointId: device.id } })
  }
  const error = add.error ?? remove.error
  return (
    <>
      <Select
        mt={12}
        w={260}
        label="Group"
        placeholder="in no group"
        clearable
        data={items.map(({ id, name }) => ({ value: id, label: name }))}
        value={device.group?.id ?? null}
        disabled={add.isPending || remove.isPending}
        onChange={move}
      />
      {error && <TroubleBox error={error} title="The device was not moved" />}
    </>
  )
}
