import type { BatchColumn, QueryEnd, QueryRequest, WireValue } from '@quarry/schema/agent/query'

/** Where rows go while a query runs. A promise from `rows` makes the query wait until it resolves. */
export interface RowSink {
  columns(columns: BatchColumn[]): void
  rows(rows: WireValue[][], bytes: number): void | Promise<void>
}

/** What the agent needs of the sandboxes of `@quarry/tables`. */
export interface QueryEngine {
  run(request: QueryRequest, sink: RowSink, signal?: AbortSignal): Promise<QueryEnd>
  pids(): number[]
  close(): Promise<void>
}
