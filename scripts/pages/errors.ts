import { errors } from '@quarry/schema'
import { queryErrorCodes, warningCodes } from '@quarry/schema/agent/query'
import type { Page } from '../gen.ts'
import { page, table } from '../markdown.ts'

const code = (name: string) => `\`${name}\``

/** `docs/reference/errors.md`: what the API and the devices answer with when something is wrong. */
export default async function errorsPage(): Promise<Page[]> {
  const api = Object.entries(errors).map(([name, e]) => [code(name), String(e.status), e.message])
  const pairs = (codes: Record<string, string>) =>
    Object.entries(codes).map(([name, text]) => [code(name), text])
  const text = page(
    '# Errors and warnings',
    'The API answers an error as `{"error": code, "message": sentence, "correlationId": id, "createdAt": time, "requestId": id}`.',
    table(['error', 'status', 'message'], api),
    '## Why a device did not succeed',
    table(['code', 'meaning'], pairs(queryErrorCodes)),
    '## Warnings that come with rows',
    table(['code', 'meaning'], pairs(warningCodes)),
  )
  return [{ path: 'docs/reference/errors.md', text }]
}
