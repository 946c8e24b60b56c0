import type { ActivityKind } from './marks.ts'

/** What a kind is called above the list and in tips; a letter stands for it on the picture, so that colour is never alone. */
export const kindWords: Record<ActivityKind, { name: string; letter: string }> = {
  process: { name: 'Processes', letter: 'P' },
  network: { name: 'Network', letter: 'N' },
  dns: { name: 'DNS', letter: 'D' },
  web: { name: 'Web', letter: 'W' },
  file: { name: 'Files', letter: 'F' },
  system: { name: 'System', letter: 'S' },
  detection: { name: 'Detections', letter: '!' },
}
