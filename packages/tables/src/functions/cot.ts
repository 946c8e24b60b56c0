import { defineFunction } from './define-function.ts'

export default defineFunction({
  name: 'cot',
  signature: 'cot(radians)',
  description: 'Gives the cotangent; NULL where it has none.',
  parameters: ['real'],
  examples: [
    ['round(cot(30), 10)', -0.1561199522],
    ['cot(0)', null],
  ],
  run: (radians) => (Math.tan(radians) === 0 ? null : 1 / Math.tan(radians)),
})
