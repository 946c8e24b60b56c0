import { isIP } from 'node:net'
import type { PivotType } from '@quarry/schema'
import type { Connector, HttpLookup, Lookup } from '@quarry/schema/connectors/connector'
import { pivotValue, withoutMeaning } from '@quarry/schema/connectors/pivot-value'
import { Trouble } from './trouble.ts'

/**
 * Brings a value to the form in which it is asked for and picks the lookup for it.
 * @throws Trouble notAValue, withoutMeaning or wrongType: the reason why nothing is sent
 */
export function checkValue(
  connector: Exclude<Connector, { kind: 'link' }>,
  type: PivotType,
  text: string,
): { value: string; lookup: Lookup } {
  const checked = pivotValue(type, text)
  if ('wrong' in checked) throw new Trouble('notAValue', checked.wrong)
  const { value } = checked
  const ofType = (connector.lookups as Lookup[]).filter(({ types }) => types.includes(type))
  if (ofType.length === 0)
    throw new Trouble('wrongType', `${connector.name} is not asked about values of this type.`)
  if (connector.kind === 'http' && !connector.privateValues) {
    const why = withoutMeaning(type, value)
    if (why !== undefined) throw new Trouble('withoutMeaning', `${why} Nothing was sent.`)
  }
  const lookup = ofType.find((each) => {
    const { family } = each as Partial<HttpLookup>
    return family === undefined || isIP(value) === family
  })
  if (!lookup)
    throw new Trouble('wrongType', `${connector.name} knows only IPv${isIP(value) === 6 ? 4 : 6} addresses.`)
  return { value, lookup }
}
