// What the options --var and --list of a command say of a query's variables.
import type { Call } from '@quarry/schema'
import { listIocLists } from '@quarry/schema/endpoints/ioc-lists'
import type { RunInput } from '@quarry/schema/endpoints/runs'
import { UsageError } from './usage-error.ts'

/** Reads `name=value` pairs, several of a name as a list, and `name=list` pairs, a list by its name or id. */
export async function readVariables(
  call: Call,
  pairs: string[],
  lists: string[],
): Promise<NonNullable<RunInput['variables']>> {
  const values = Map.groupBy(pairs.map(split), ([name]) => name)
  const asked = new Map(lists.map(split))
  const both = [...asked.keys()].find((name) => values.has(name))
  if (both !== undefined) throw new UsageError(`The variable “${both}” has both values and a list.`)
  const known = asked.size > 0 ? (await call(listIocLists, { query: {} })).items : []
  return [
    ...[...values].map(([name, [first, ...more]]) =>
      more.length === 0
        ? { name, value: first![1] }
        : { name, values: [first!, ...more].map(([, value]) => value) },
    ),
    ...[...asked].map(([name, list]) => {
      const found = known.filter(({ id, name }) => id === list || name === list)
      if (found.length === 1) return { name, listId: found[0]!.id }
      const problem = found.length === 0 ? 'No IOC list has' : 'Several IOC lists have'
      throw new UsageError(`${problem} the name or id “${list}”.`)
    }),
  ]
}

function split(pair: string): [name: string, value: string] {
  const at = pair.indexOf('=')
  if (at < 1) throw new UsageError(`A variable is written name=value, not “${pair}”.`)
  return [pair.slice(0, at).trim(), pair.slice(at + 1)]
}
