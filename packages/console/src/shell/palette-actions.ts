import type { SpotlightActionData, SpotlightActionGroupData } from '@mantine/spotlight'

/** Puts actions under the names of their groups; a group without any is left out. */
export function groupActions(groups: Record<string, SpotlightActionData[]>): SpotlightActionGroupData[] {
  return Object.entries(groups)
    .filter(([, actions]) => actions.length > 0)
    .map(([group, actions]) => ({ group, actions }))
}
