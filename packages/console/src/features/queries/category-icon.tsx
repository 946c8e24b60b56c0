import {
  IconChecklist,
  IconCpu,
  IconDeviceDesktop,
  IconFile,
  IconFolder,
  IconNetwork,
  IconShieldSearch,
  IconTarget,
  IconTimelineEvent,
  IconUsers,
  IconZoomExclamation,
} from '@tabler/icons-react'

const icons: Record<string, typeof IconFile> = {
  network: IconNetwork,
  cpu: IconCpu,
  file: IconFile,
  users: IconUsers,
  'device-desktop': IconDeviceDesktop,
  checklist: IconChecklist,
  'zoom-exclamation': IconZoomExclamation,
  target: IconTarget,
  'timeline-event': IconTimelineEvent,
  'shield-search': IconShieldSearch,
}

/** The icon that a category names; a folder for a name that the console does not have. */
export function CategoryIcon({ name }: { name: string }) {
  const Icon = icons[name] ?? IconFolder
  return <Icon size={16} stroke={1.6} aria-hidden />
}
