import { ApiError, AppError } from '@quarry/schema'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { troubleOf } from './errors.ts'

test('an error of the API keeps its sentence, code and the id to quote', () => {
  expect(troubleOf(new ApiError('run_not_found', 'No run has this id.', 'c0ffee'))).toEqual({
    message: 'No run has this id.',
    correlationId: 'c0ffee',
    code: 'run_not_found',
  })
  expect(troubleOf(new AppError('forbidden'))).toEqual({
    message: 'Your role does not allow this.',
    code: 'forbidden',
  })
})

test('a network failure and an unknown answer say what to do', () => {
  expect(troubleOf(new TypeError('Failed to fetch')).message).toMatch(/cannot be reached/)
  expect(troubleOf(z.string().safeParse(1).error).message).toMatch(/Reload the page/)
})
