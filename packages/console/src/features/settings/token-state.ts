import type { EnrolmentToken } from '@quarry/schema/endpoints/enrolment-tokens'
import type { Tone } from '../../components/state-mark.tsx'

/** State of an enrolment token: a word, a tone, and whether a device can still enrol with it. */
export function tokenState(token: EnrolmentToken, now: Date): { word: string; tone: Tone; usable: boolean } {
  if (token.revokedAt) return { word: 'revoked', tone: 'quiet', usable: false }
  if (Date.parse(token.expiresAt) <= now.getTime()) return { word: 'expired', tone: 'quiet', usable: false }
  if (token.uses >= token.maxUses) return { word: 'used up', tone: 'quiet', usable: false }
  return { word: 'usable', tone: 'good', usable: true }
}
