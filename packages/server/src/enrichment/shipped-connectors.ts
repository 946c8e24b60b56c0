import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Connector } from '@quarry/schema/connectors/connector'
import { v5 } from 'uuid'
import { ConfigError } from '../config.ts'
import { parseConnector } from './parse-connector.ts'

/** The folder that ships with the product. */
export const connectorFolder = join(import.meta.dirname, '../../../../connectors')

/** Fixed for ever: with it every installation gives a shipped connector the same id. */
const namespace = 'd3b4a9a2-55f0-5b4e-8f57-0d5d4f0c6b1e'

/** Returns the API id of a shipped connector by its code. */
export const connectorIdOf = (code: string): string => v5(`connector:${code}`, namespace)

/**
 * Reads every `<id>.yaml` of a folder.
 * @throws ConfigError that names the file and the field which is wrong
 */
export function readShipped(folder: string = connectorFolder): Connector[] {
  return globSync('*.yaml', { cwd: folder })
    .sort()
    .map((file) => {
      const path = join(folder, file)
      try {
        const connector = parseConnector({ yaml: readFileSync(path, 'utf8') })
        if (connector.id !== basename(file, '.yaml'))
          throw new Error(`id: must be “${basename(file, '.yaml')}”.`)
        return connector
      } catch (error) {
        throw new ConfigError(`The connector file ${path} is wrong: ${(error as Error).message}`)
      }
    })
}
