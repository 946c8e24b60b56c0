import { Spotlight, type SpotlightActionData, spotlight } from '@mantine/spotlight'
import { listEndpoints } from '@quarry/schema/endpoints/endpoints'
import { listQueries } from '@quarry/schema/endpoints/queries'
import {
  IconBinaryTree,
  IconDeviceDesktop,
  IconFileSearch,
  IconKeyboard,
  IconListDetails,
  IconListSearch,
  IconPlayerPlay,
  IconPlus,
  IconSearch,
  IconSettings,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useCall } from '../api.ts'
import { allQueries } from '../features/queries/all-queries.ts'
import { useMay, useSession } from '../session.ts'
import { openKeys } from './keys-dialog.tsx'
import classes from './palette.module.css'
import { groupActions } from './palette-actions.ts'
import { settingsFor } from './settings-pages.ts'

/** ⌘K: goes to a query, a device or a page, or does something. It reads its lists when it is first opened. */
export function Palette() {
  const [wasOpened, setWasOpened] = useState(false)
  const navigate = useNavigate()
  const { permissions } = useSession()
  const mayWrite = useMay('queries:write')
  const queries = useCall(listQueries, allQueries, { enabled: wasOpened, staleTime: 60_000 })
  const devices = useCall(
    listEndpoints,
    { query: { pageSize: 500, sort: 'hostname:asc' } },
    { enabled: wasOpened, staleTime: 60_000 },
  )
  const pages: SpotlightActionData[] = [
    {
      id: 'live-discover',
      label: 'Live Discover',
      leftSection: <IconListSearch size={15} />,
      onClick: () => void navigate({ to: '/live-discover' }),
    },
    {
      id: 'runs',
      label: 'Runs',
      leftSection: <IconPlayerPlay size={15} />,
      onClick: () => void navigate({ to: '/live-discover/runs' }),
    },
    {
      id: 'devices',
      label: 'Devices',
      leftSection: <IconDeviceDesktop size={15} />,
      onClick: () => void navigate({ to: '/devices' }),
    },
    {
      id: 'investigations',
      label: 'Investigations',
      leftSection: <IconBinaryTree size={15} />,
      onClick: () => void navigate({ to: '/investigations' }),
    },
    {
      id: 'ioc-lists',
      label: 'IOC lists',
      leftSection: <IconListDetails size={15} />,
      onClick: () => void navigate({ to: '/ioc-lists' }),
    },
    ...settingsFor(permissions).map(({ to, label }) => ({
      id: to,
      label: `Settings: ${label}`,
      leftSection: <IconSettings size={15} />,
      onClick: () => void navigate({ to }),
    })),
  ]
  const actions: SpotlightActionData[] = [
    ...(mayWrite
      ? [
          {
            id: 'new-query',
            label: 'New query',
            leftSection: <IconPlus size={15} />,
            onClick: () => void navigate({ to: '/live-discover/queries/new', search: { designer: true } }),
          },
        ]
      : []),
    { id: 'keys', label: 'Keys', leftSection: <IconKeyboard size={15} />, onClick: openKeys },
  ]
  return (
    <Spotlight
      onSpotlightOpen={() => setWasOpened(true)}
      actions={groupActions({
        Pages: pages,
        Actions: actions,
        Queries: (queries.data?.items ?? []).map((query) => ({
          id: query.id,
          label: query.name,
          description: query.categories.map(({ name }) => name).join(', '),
          keywords: [query.description, query.code, ...query.attack],
          leftSection: <IconFileSearch size={15} />,
          onClick: () =>
            void navigate({ to: '/live-discover/queries/$queryId', params: { queryId: query.id } }),
        })),
        Devices: (devices.data?.items ?? []).map((device) => ({
          id: device.id,
          label: device.hostname,
          description: `${device.os.name} · ${device.online ? 'online' : 'offline'}`,
          keywords: [...device.ipv4Addresses, ...device.ipv6Addresses],
          leftSection: <IconDeviceDesktop size={15} />,
          onClick: () => void navigate({ to: '/devices/$deviceId', params: { deviceId: device.id } }),
        })),
      })}
      limit={60}
      size={620}
      centered={false}
      yOffset="10vh"
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      classNames={{ action: classes.action, actionsGroup: classes.group }}
      nothingFound="Nothing has this name."
      shortcut={['mod + K']}
      searchProps={{ leftSection: <IconSearch size={16} />, placeholder: 'Query, device, page…', size: 'sm' }}
      scrollable
      maxHeight={420}
      onKeyDown={(event) => event.key === 'Escape' && spotlight.close()}
    />
  )
}
