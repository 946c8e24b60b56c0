/** The command that enrols the device it runs on, in a checkout of Quarry, and keeps the agent running. */
export function enrolCommand(server: string, token: string): string {
  return `QUARRY_SERVER=${server} QUARRY_ENROLMENT_TOKEN=${token} npm run agent`
}
