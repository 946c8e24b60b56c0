import { defineFunction } from './define-function.ts'

export default defineFunction({
  name: 'log',
  signature: 'log(number)',
  description:
    'Gives the natural logarithm, as osquery does (for base 10 there is `log10`); NULL for a number that has none.',
  parameters: ['real'],
  examples: [
    ['round(log(107372805120), 4)', 25.3996],
    ['log(1)', 0],
    ['log(0)', null],
    ['log(NULL)', null],
  ],
  run: (number) => (number > 0 ? Math.log(number) : null),
})
