import { AppError, type PivotType } from '@quarry/schema'
import type { QueryVariable } from '@quarry/schema/endpoints/queries'
import type { Run, RunVariable } from '@quarry/schema/endpoints/runs'
import { checkedList, type VariableValue } from '@quarry/sql'
import type { Kysely } from 'kysely'
import type { IocLists } from '../ioc-lists/ioc-lists.ts'
import type { Database } from '../state/schema.ts'

/** The lists of a run, in bytes: they travel to each device in one message of 4 MB. */
const maxBytes = 3_000_000
/** Values of a list that the run shows. */
const shownValues = 5

type ShownList = NonNullable<Run['variables'][number]['list']>

export interface ResolvedVariables {
  values: VariableValue[]
  /** Values by variable, as the devices compare them. */
  lists: Record<string, string[]>
  /** What the run shows of each list. */
  shown: Map<string, ShownList>
}

/**
 * Finds the values of the variables that were given lists.
 * @throws AppError ioc_list_not_found, run_not_found, bad_variable
 */
export async function resolveLists(
  db: Kysely<Database>,
  iocLists: Pick<IocLists, 'one' | 'valuesFor'>,
  declared: readonly QueryVariable[],
  given: readonly RunVariable[],
): Promise<ResolvedVariables> {
  const resolved: ResolvedVariables = { values: [], lists: {}, shown: new Map() }
  let bytes = 0
  for (const variable of given) {
    const { name, value, dataType } = variable
    if (value !== undefined) {
      resolved.values.push({ name, value, dataType })
      continue
    }
    const own = declared.find((each) => each.name.trim() === name.trim())
    const { values, list } = await valuesOf(db, iocLists, variable, own?.pivotType ?? variable.pivotType)
    const checked = checkedList(name, own?.dataType ?? dataType, values)
    bytes += Buffer.byteLength(JSON.stringify(checked))
    if (bytes > maxBytes)
      throw new AppError('bad_variable', 'The lists of the run are larger than 3 MB together.')
    resolved.values.push({ name, values: checked, dataType })
    resolved.lists[name.trim()] = checked
    resolved.shown.set(name, { ...list, count: checked.length, sample: checked.slice(0, shownValues) })
  }
  return resolved
}

async function valuesOf(
  db: Kysely<Database>,
  iocLists: Pick<IocLists, 'one' | 'valuesFor'>,
  { name, values, listId, listOfRun }: RunVariable,
  type: PivotType | undefined,
): Promise<{ values: string[]; list?: Pick<ShownList, 'id' | 'name'> }> {
  if (values) return { values }
  if (listId) {
    const list = await iocLists.one(listId)
    const found = await iocLists.valuesFor(listId, type)
    if (found.length === 0)
      throw new AppError(
        'bad_variable',
        `The list “${list.name}” holds no value of the kind ${type ?? 'asked for'}, which “${name}” takes.`,
      )
    return { values: found, list: { id: listId, name: list.name } }
  }
  const run = await db
    .selectFrom('runs')
    .select(['lists', 'variables'])
    .where('id', '=', listOfRun!)
    .executeTakeFirst()
  if (!run) throw new AppError('run_not_found')
  const lists = JSON.parse(run.lists ?? '{}') as Record<string, string[]>
  const found = Object.hasOwn(lists, name.trim()) ? lists[name.trim()] : undefined
  if (!found) throw new AppError('bad_variable', `In that run “${name}” had no list.`)
  const before = (JSON.parse(run.variables) as Run['variables']).find((each) => each.name === name)?.list
  return {
    values: found,
    list: { ...(before?.id && { id: before.id }), ...(before?.name && { name: before.name }) },
  }
}
