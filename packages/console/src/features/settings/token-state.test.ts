import { expect, test } from 'vitest'
import { tokenState } from './token-state.ts'

const token = {
  id: '3f0d1f0e-8f0b-4c3e-9a53-0f5f6f1f7a10',
  name: 'web servers',
  uses: 1,
  maxUses: 2,
  expiresAt: '2026-11-25T00:00:00.000Z',
  createdAt: '2026-11-24T00:00:00.000Z',
}
const at = (iso: string) => new Date(iso)

test('a token is usable until it is revoked, expired or used up', () => {
  const now = at('2026-11-24T12:00:00.000Z')
  expect(tokenState(token, now)).toMatchObject({ word: 'usable', usable: true })
  expect(tokenState({ ...token, revokedAt: token.createdAt }, now)).toMatchObject({
    word: 'revoked',
    usable: false,
  })
  expect(tokenState({ ...token, uses: 2 }, now)).toMatchObject({ word: 'used up', usable: false })
  expect(tokenState(token, at(token.expiresAt))).toMatchObject({ word: 'expired', usable: false })
})
