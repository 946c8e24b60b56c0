import type { EnrichmentReason } from '@quarry/schema/endpoints/enrichments'

/** Why a lookup has no answer: a reason for programs, a sentence for people. Never holds a secret. */
export class Trouble extends Error {
  override name = 'Trouble'
  readonly reason: EnrichmentReason
  /** Whether asking again soon may help. */
  readonly again: boolean
  /** How long the service wants to be left in peace, in milliseconds. */
  readonly restMillis: number | undefined

  constructor(
    reason: EnrichmentReason,
    sentence: string,
    options: { again?: boolean; restMillis?: number } = {},
  ) {
    super(sentence)
    this.reason = reason
    this.again = options.again ?? false
    this.restMillis = options.restMillis
  }
}
