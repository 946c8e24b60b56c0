import type { Indicator } from '@quarry/schema'
import { addIocValues, createIocList, type IocsAdded } from '@quarry/schema/endpoints/ioc-lists'
import { call } from '../../api.ts'

/** Values of one call: the server takes bodies of 1 MB. */
const chunk = 4000

/** Makes a list of values, or adds them to one, in as many calls as it takes. */
export async function saveValues(
  target: { id: string } | { name: string; description: string },
  values: readonly Indicator[],
): Promise<IocsAdded> {
  const first = values.slice(0, chunk)
  let done =
    'id' in target
      ? await call(addIocValues, { params: { id: target.id }, body: { values: first } })
      : await call(createIocList, { body: { ...target, values: first } })
  for (let from = chunk; from < values.length; from += chunk) {
    const body = { values: values.slice(from, from + chunk) }
    const next = await call(addIocValues, { params: { id: done.list.id }, body })
    done = { ...next, added: done.added + next.added, duplicates: done.duplicates + next.duplicates }
  }
  return done
}
