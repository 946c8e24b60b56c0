import type { SensorEvent } from '@quarry/schema/events'

export type LoginEvent = Extract<SensorEvent, { type: 'login' }>

/** What one line of a log, or one record, says about a sign-in. */
export interface Login extends Omit<LoginEvent, 'type' | 'at' | 'process'> {
  /** It says the same as other lines may have said already: told only when none did. */
  echo?: boolean
}

/** Values of `logonType`, as Windows counts them. */
export const logonType = { local: 2, network: 3, remoteShell: 10 } as const

/** A line of a log, whatever kind of log it came from. */
export interface LogLine {
  /** Milliseconds since 1970. */
  at: number
  /** What the line says wrote it, such as `sshd`. */
  program: string
  pid?: number
  message: string
}
