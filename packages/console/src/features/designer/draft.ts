import { CatalogueColumn, SupportedOs } from '@quarry/schema'
import { type Query, type QueryInput, QueryVariable } from '@quarry/schema/endpoints/queries'
import { z } from 'zod'

/** What is edited in designer mode: all that a custom query is made of. */
export const Draft = z.object({
  name: z.string(),
  description: z.string(),
  template: z.string(),
  variables: z.array(QueryVariable),
  supportedOSes: z.array(SupportedOs),
  categoryIds: z.array(z.string()),
  columns: z.record(z.string(), CatalogueColumn),
})
export type Draft = z.infer<typeof Draft>

/** What is kept in the browser: the draft and the state of the saved query that it began from. */
const Kept = z.object({ basedOn: z.string().optional(), draft: Draft })
export type Kept = z.infer<typeof Kept>

export const emptyDraft: Draft = {
  name: '',
  description: '',
  template: '',
  variables: [],
  supportedOSes: ['linuxServer'],
  categoryIds: [],
  columns: {},
}

/** The draft that a saved query is, before anything is changed. */
export function draftOf(query: Query): Draft {
  const { name, description, template, variables, supportedOSes, columns } = query
  return {
    name,
    description,
    template,
    variables,
    supportedOSes,
    categoryIds: query.categories.map(({ id }) => id),
    columns,
  }
}

/** Whether two drafts would be saved as the same query. */
export function sameDraft(a: Draft, b: Draft): boolean {
  return JSON.stringify(Draft.parse(a)) === JSON.stringify(Draft.parse(b))
}

/** The body of the call that saves a draft. */
export function inputOf(draft: Draft): z.input<typeof QueryInput> {
  return {
    ...draft,
    name: draft.name.trim(),
    description: draft.description.trim(),
    variables: draft.variables.map(({ value, description, pivotType, ...variable }) => ({
      ...variable,
      ...(value !== undefined && { value }),
      ...(pivotType && { pivotType }),
      ...(description?.trim() && { description: description.trim() }),
    })),
  }
}

/** A name for a copy, within the length that names have. */
export function copyName(name: string): string {
  return `${name.slice(0, 113)} (copy)`
}

const keyOf = (id: string) => `quarry.draft.${id}`

/** Reads the draft that was kept for a query (`new` for a new one). What cannot be read counts as none. */
export function readDraft(store: Pick<Storage, 'getItem'>, id: string): Kept | undefined {
  try {
    return Kept.parse(JSON.parse(store.getItem(keyOf(id)) ?? 'null'))
  } catch {
    return undefined
  }
}

/** Keeps a draft over a reload; `undefined` drops it. A full or forbidden store loses the draft, never the page. */
export function keepDraft(
  store: Pick<Storage, 'setItem' | 'removeItem'>,
  id: string,
  kept: Kept | undefined,
): void {
  try {
    if (kept) store.setItem(keyOf(id), JSON.stringify(kept))
    else store.removeItem(keyOf(id))
  } catch {
    // The draft stays in memory until the page is left.
  }
}
