/** What a list by offset was asked for. */
export interface OffsetRequest {
  page: number
  pageSize: number
  pageTotal: boolean
}

/** Returns the `pages` of an answer by offset. @param items number of items on all pages */
export function offsetPages({ page, pageSize, pageTotal }: OffsetRequest, items: number, maxSize: number) {
  return {
    current: page,
    size: pageSize,
    ...(pageTotal && { total: Math.ceil(items / pageSize), items }),
    maxSize,
  }
}

/** Cuts the page out of a list that is in memory. */
export function slicePage<T>(items: readonly T[], { page, pageSize }: OffsetRequest): T[] {
  return items.slice((page - 1) * pageSize, page * pageSize)
}
