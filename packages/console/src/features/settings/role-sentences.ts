import type { Role } from '@quarry/schema'

/** What each role may do, for whoever hands it out. */
export const roleSentences: Record<Role, string> = {
  superAdmin: 'May do everything, accounts and API clients included.',
  admin: 'Runs and writes queries, manages devices and enrolment, reads the audit log; no accounts.',
  analyst: 'Runs queries, shipped and self-written, saves and exports.',
  responder: 'What an analyst may, and manages devices.',
  readOnly: 'Reads queries, runs and devices; runs nothing.',
}
