import { expect, test } from 'vitest'
import type { Mark, Question } from './endpoints/investigations.ts'
import { outlineOf } from './investigation-outline.ts'

const question = (id: string, parentId?: string) => ({ id, parentId }) as Question

test('questions are numbered by their place, marks stand with theirs', () => {
  const questions = [question('a'), question('b', 'a'), question('c', 'b'), question('d', 'a'), question('e')]
  const marks = [{ id: 'm', questionId: 'c' }, { id: 'n' }] as Mark[]
  expect(
    outlineOf({ questions, marks }).map(({ number, depth, marks: own }) => [number, depth, own.length]),
  ).toEqual([
    ['1', 0, 0],
    ['1.1', 1, 0],
    ['1.1.1', 2, 1],
    ['1.2', 1, 0],
    ['2', 0, 0],
  ])
})
