/** Tables that hold secrets or reach out of the device; reading one needs its own permission. */
export const sensitiveTables = [
  'process_envs',
  'docker_container_envs',
  'shadow',
  'grep',
  'shell_history',
  'curl',
] as const
export type SensitiveTable = (typeof sensitiveTables)[number]
