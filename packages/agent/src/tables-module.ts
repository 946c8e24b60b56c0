/** Address of the module with every table of the agent. Sandboxes load it; the agent itself does not, to stay small. */
export const tablesModule = new URL('./tables.ts', import.meta.url).href
