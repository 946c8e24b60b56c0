import type { PivotType } from '@quarry/schema'
import type { Lookup, OfflineConnector } from '@quarry/schema/connectors/connector'
import type { Ground } from '../../context.ts'
import { type Mapped, mapAnswer } from '../map-answer.ts'
import { askFile } from './ask-file.ts'
import { askIocLists } from './ask-ioc-lists.ts'
import { openFiles } from './files.ts'

export type Offline = ReturnType<typeof openOffline>

/** Connectors that ask files of the server and the IOC lists: nothing leaves the server. */
export function openOffline({ db, config }: Pick<Ground, 'db' | 'config'>) {
  const files = openFiles(config.data)
  return {
    files,
    /** @throws Trouble needsFile */
    async ask(
      connector: OfflineConnector,
      lookup: Lookup,
      type: PivotType,
      value: string,
    ): Promise<{ mapped: Mapped; raw: unknown }> {
      if (connector.kind !== 'iocLists') return await askFile(files, connector, lookup, value)
      const raw = await askIocLists(db, type, value)
      if (raw.count === 0) return { mapped: { status: 'notFound', fields: {}, links: [] }, raw }
      return { mapped: mapAnswer(lookup.response, value, 200, raw), raw }
    },
  }
}
