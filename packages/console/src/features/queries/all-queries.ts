/** Input of the one call that reads the whole catalogue; lists, palette and counts share its answer. */
export const allQueries = { query: { pageSize: 1000, sort: 'name:asc', pageTotal: 'true' } } as const
