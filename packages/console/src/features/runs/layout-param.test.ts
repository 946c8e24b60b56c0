import { expect, test } from 'vitest'
import { EMPTY_LAYOUT, hideColumn, moveColumn, pinColumn } from '../../components/grid/column-layout.ts'
import { layoutOf, layoutParam } from './layout-param.ts'

const ids = ['epName', 'path', '-odd', 'sha256']

test('what is as it came is not in the address', () => {
  expect(layoutParam(ids, EMPTY_LAYOUT)).toBeUndefined()
  expect(layoutParam(ids, { ...EMPTY_LAYOUT, widths: { path: 300 } })).toBeUndefined()
})

test('a layout goes into the address and comes back', () => {
  const layout = pinColumn(
    hideColumn(moveColumn(ids, EMPTY_LAYOUT, 'sha256', 'path'), '-odd', true),
    'epName',
    true,
  )
  const param = layoutParam(ids, layout)
  expect(param).toEqual(['^epName', '=sha256', '=path', '--odd'])
  expect(layoutOf(param, {})).toEqual({
    order: ['epName', 'sha256', 'path', '-odd'],
    hidden: ['-odd'],
    pinned: ['epName'],
    widths: {},
  })
})

test('widths are kept beside the address', () => {
  expect(layoutOf(undefined, { path: 300 })).toEqual({ ...EMPTY_LAYOUT, widths: { path: 300 } })
})
