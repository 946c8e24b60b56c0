import { expect, test } from 'vitest'
import { pan, ticks, tickText, windowOf, zoom } from './time-window.ts'

const whole = { from: 0, to: 100_000 }

test('the window holds everything, with air', () => {
  expect(windowOf([5000, 1000, 3000], 0)).toEqual({ from: 920, to: 5080 })
  expect(windowOf([], 3_600_000)).toEqual({ from: 0, to: 3_600_000 })
})

test('zooming keeps the moment under the pointer where it is', () => {
  const closer = zoom(whole, 0.5, 25_000, whole)
  expect(closer).toEqual({ from: 12_500, to: 62_500 })
  expect((25_000 - closer.from) / (closer.to - closer.from)).toBe(0.25)
  expect(zoom(closer, 10, 25_000, whole)).toEqual(whole)
  const closest = zoom(whole, 0, 50_000, whole)
  expect(closest.to - closest.from).toBe(10)
})

test('panning stops at the ends', () => {
  expect(pan({ from: 10_000, to: 20_000 }, 5000, whole)).toEqual({ from: 15_000, to: 25_000 })
  expect(pan({ from: 10_000, to: 20_000 }, -50_000, whole)).toEqual({ from: 0, to: 10_000 })
  expect(pan({ from: 10_000, to: 20_000 }, 5_000_000, whole)).toEqual({ from: 90_000, to: 100_000 })
})

test('ticks are round, few and inside', () => {
  const start = new Date(2026, 10, 24, 9, 0, 30).getTime()
  const window = { from: start, to: start + 10 * 60_000 }
  const found = ticks(window, 6)
  expect(found.map((at) => tickText(at, window))).toEqual([
    '09:02:00',
    '09:04:00',
    '09:06:00',
    '09:08:00',
    '09:10:00',
  ])
  const days = { from: start, to: start + 30 * 86_400_000 }
  expect(ticks(days, 6).every((at) => new Date(at).getMinutes() === 0)).toBe(true)
  expect(tickText(start, days)).toBe('2026-11-24')
  const instant = { from: start, to: start + 100 }
  expect(tickText(start + 7, instant)).toBe('09:00:30.007')
})
