import { AppError } from '@quarry/schema'
import { Connector } from '@quarry/schema/connectors/connector'
import { parse, stringify } from 'yaml'

/**
 * Reads a connector from YAML or from an object.
 * @throws AppError bad_connector, naming the field
 */
export function parseConnector(input: { yaml?: string | undefined; definition?: unknown }): Connector {
  const result = Connector.safeParse(input.yaml === undefined ? input.definition : readYaml(input.yaml))
  if (result.success) return result.data
  const sentences = result.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.length > 0 ? path.join('.') : 'the connector'}: ${message}`)
  throw new AppError('bad_connector', `This is not a connector. ${sentences.join('; ')}.`)
}

/** Writes a connector as the file of `connectors/` would be. */
export function writeConnector(connector: object): string {
  return stringify(connector, { lineWidth: 120, aliasDuplicateObjects: false })
}

function readYaml(yaml: string): unknown {
  try {
    return parse(yaml, { maxAliasCount: 0 })
  } catch (error) {
    throw new AppError('bad_connector', `The YAML cannot be read: ${(error as Error).message.trim()}`)
  }
}
