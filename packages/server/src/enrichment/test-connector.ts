import type { PivotType } from '@quarry/schema'
import type { HttpConnector, HttpLookup, OfflineConnector } from '@quarry/schema/connectors/connector'
import type { Tested } from '@quarry/schema/endpoints/connectors'
import { checkValue } from './check-value.ts'
import type { LiveConnector } from './connectors.ts'
import { itemOf } from './enrich.ts'
import type { AskService } from './http/ask-service.ts'
import type { Answer, Outgoing } from './http/exchange.ts'
import { maskOf } from './mask.ts'

import type { Offline } from './offline/open-offline.ts'
import { fieldsFor } from './summary-of.ts'
import { Trouble } from './trouble.ts'

interface Parts {
  ask: AskService
  offline: Offline
}

/**
 * Asks a connector about one value, past cache and waiting, and tells what was sent and what came.
 * @param reserve counts the request; an error of it is told like any other
 */
export async function testConnector(
  { ask, offline }: Parts,
  live: LiveConnector,
  { type, value: text }: { type: PivotType; value: string },
  secretOf: (name: string) => string | undefined,
  reserve: () => Promise<void> = async () => {},
): Promise<Tested> {
  const { connector } = live
  const told: Pick<Tested, 'request' | 'response'> = {}
  const fields = fieldsFor(live, type)
  const begun = performance.now()
  try {
    if (connector.kind === 'link') throw new Trouble('wrongType', 'This connector is a link: it opens a tab.')
    const { value, lookup } = checkValue(connector, type, text)
    if (connector.kind !== 'http') {
      const { mapped, raw } = await offline.ask(connector as OfflineConnector, lookup, type, value)
      return { fields, item: { value: text, ...mapped, raw, fromCache: false } }
    }
    const mask = maskOf(Object.keys(connector.secrets).flatMap((name) => secretOf(name) ?? []))
    const witness = {
      sent: (outgoing: Outgoing) => {
        told.request = shownRequest(outgoing, mask)
      },
      came: (answer: Answer) => {
        told.response = shownResponse(answer, performance.now() - begun)
      },
    }
    const { mapped, raw } = await ask(connector as HttpConnector, lookup as HttpLookup, value, secretOf, {
      reserve,
      witness,
    })
    return { ...told, fields, item: { value: text, ...mapped, raw, fromCache: false } }
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
    return { ...told, fields, item: itemOf(text, error) }
  }
}

function shownRequest({ method, url, headers, body }: Outgoing, mask: (text: string) => string) {
  return {
    method,
    url: mask(url.href),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, mask(value)])),
    ...(body !== undefined && { body: mask(body) }),
  }
}

function shownResponse({ status, body, address, encrypted }: Answer, milliseconds: number) {
  return { status, bytes: body.length, address, encrypted, milliseconds: Math.round(milliseconds) }
}
