import { QueryInput } from '@quarry/schema/endpoints/queries'
import { expect, test } from 'vitest'
import { copyName, type Draft, emptyDraft, inputOf, keepDraft, readDraft, sameDraft } from './draft.ts'

function memory(): Storage {
  const map = new Map<string, string>()
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  } as Storage
}

const draft: Draft = { ...emptyDraft, name: ' Mine ', template: 'SELECT * FROM processes' }

test('a draft survives, apart from that of another query', () => {
  const store = memory()
  keepDraft(store, 'a', { basedOn: '2026-11-24T00:00:00.000Z', draft })
  expect(readDraft(store, 'a')).toEqual({ basedOn: '2026-11-24T00:00:00.000Z', draft })
  expect(readDraft(store, 'b')).toBeUndefined()
  keepDraft(store, 'a', undefined)
  expect(readDraft(store, 'a')).toBeUndefined()
})

test('what cannot be read counts as none, and a full store does no harm', () => {
  expect(readDraft({ getItem: () => '{"draft":{"template":7}}' }, 'a')).toBeUndefined()
  expect(readDraft({ getItem: () => 'not json' }, 'a')).toBeUndefined()
  const full = {
    setItem: () => {
      throw new Error('QuotaExceededError')
    },
    removeItem: () => {},
  }
  expect(() => keepDraft(full, 'a', { draft })).not.toThrow()
})

test('drafts are the same by what would be saved, not by the order of their keys', () => {
  const turned = Object.fromEntries(Object.entries(draft).reverse()) as Draft
  expect(sameDraft(draft, turned)).toBe(true)
  expect(sameDraft(draft, { ...draft, template: `${draft.template} LIMIT 1` })).toBe(false)
})

test('the name of a copy fits, however long the name was', () => {
  expect(copyName('Mine')).toBe('Mine (copy)')
  expect(copyName('x'.repeat(120))).toHaveLength(120)
})

test('a draft is saved as what the API takes', () => {
  const input = inputOf({
    ...draft,
    variables: [{ name: 'path', dataType: 'text', value: '', description: ' ' }],
  })
  expect(QueryInput.parse(input)).toMatchObject({
    name: 'Mine',
    variables: [{ name: 'path', dataType: 'text', value: '' }],
  })
  expect(input.variables?.[0]).not.toHaveProperty('description')
})
