import type { Investigation, Mark, Question } from './endpoints/investigations.ts'

/** A question with its number in the tree, its depth from 0, and what was marked in it. */
export interface OutlineItem {
  number: string
  depth: number
  question: Question
  marks: Mark[]
}

/** Numbers the questions of an investigation, each after the one that it was asked from: `2.1` is the first from the second. */
export function outlineOf({ questions, marks }: Pick<Investigation, 'questions' | 'marks'>): OutlineItem[] {
  const numbers = new Map<string, string>()
  const children = new Map<string, number>()
  return questions.map((question) => {
    const parent = question.parentId === undefined ? undefined : numbers.get(question.parentId)
    const key = parent ?? ''
    const index = (children.get(key) ?? 0) + 1
    children.set(key, index)
    const number = parent === undefined ? String(index) : `${parent}.${index}`
    numbers.set(question.id, number)
    return {
      number,
      depth: number.split('.').length - 1,
      question,
      marks: marks.filter(({ questionId }) => questionId === question.id),
    }
  })
}
