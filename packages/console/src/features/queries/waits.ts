/** How long a run may wait for its devices; the first is the default of the API. */
export const waits = [
  { seconds: 300, label: '5 minutes' },
  { seconds: 3600, label: '1 hour' },
  { seconds: 86_400, label: '1 day' },
  { seconds: 259_200, label: '3 days' },
  { seconds: 604_800, label: '7 days' },
] as const
