import type { Investigation, Mark, Question } from '@quarry/schema/endpoints/investigations'

/** A question with its place in the tree: `2.1` is the first that was asked from the second. */
export interface OutlineItem {
  number: string
  depth: number
  question: Question
  marks: Mark[]
}

/** Numbers the questions of an investigation; each stands after the one that it was asked from. */
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
      depth: number.split('.').length,
      question,
      marks: marks.filter(({ questionId }) => questionId === question.id),
    }
  })
}

/** What a question was asked of and what came, in words. */
export function factsOf({ devices, rows, result, askedAt, askedBy }: Question): string {
  const count = (n: number, one: string) => `${n} ${n === 1 ? one : `${one}s`}`
  const outcome =
    { succeeded: '', notAvailable: 'still running, ' }[result as string] ?? `${resultWords[result]}, `
  return `${outcome}${count(rows, 'row')} from ${count(devices, 'device')}, asked by ${askedBy} at ${utc(askedAt)}`
}

const resultWords: Record<Question['result'], string> = {
  succeeded: 'succeeded',
  failed: 'failed',
  timedOut: 'timed out',
  canceled: 'cancelled',
  notAvailable: 'still running',
}

/** `2026-11-24 04:08:09 UTC`. */
export const utc = (at: string): string => `${at.slice(0, 19).replace('T', ' ')} UTC`
