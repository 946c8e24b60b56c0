import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import init, { type CAPI, type Sqlite3Static, type WASM_API } from '@sqlite.org/sqlite-wasm'

/** The exports of the WASM build that are called for each row: plain numbers in and out, no conversion. */
interface RawExports {
  sqlite3_step(stmt: number): number
  sqlite3_column_count(stmt: number): number
  sqlite3_column_type(stmt: number, index: number): number
  sqlite3_column_int64(stmt: number, index: number): bigint
  sqlite3_column_double(stmt: number, index: number): number
  sqlite3_column_text(stmt: number, index: number): number
  sqlite3_column_blob(stmt: number, index: number): number
  sqlite3_column_bytes(stmt: number, index: number): number
  sqlite3_value_type(value: number): number
  sqlite3_value_int64(value: number): bigint
  sqlite3_value_double(value: number): number
  sqlite3_value_text(value: number): number
  sqlite3_value_blob(value: number): number
  sqlite3_value_bytes(value: number): number
  sqlite3_result_null(context: number): void
  sqlite3_result_int(context: number, value: number): void
  sqlite3_result_int64(context: number, value: bigint): void
  sqlite3_result_double(context: number, value: number): void
  sqlite3_result_text(context: number, text: number, bytes: number, destructor: number): void
  sqlite3_result_blob(context: number, blob: number, bytes: number, destructor: number): void
  sqlite3_result_error(context: number, text: number, bytes: number): void
  sqlite3_result_error_code(context: number, code: number): void
  sqlite3_result_error_nomem(context: number): void
  sqlite3_result_error_toobig(context: number): void
  sqlite3_user_data(context: number): number
  sqlite3_finalize(stmt: number): number
  sqlite3_malloc(bytes: number): number
  sqlite3_free(pointer: number): void
  sqlite3_create_module_v2(db: number, name: number, module: number, aux: number, destroy: number): number
}

/** One instance of SQLite with its own memory. */
export interface Sqlite {
  capi: CAPI
  wasm: WASM_API
  vtab: Sqlite3Static['vtab']
  raw: RawExports
  /** Bytes of the WASM memory as it is now; it moves when it grows, so ask each time. */
  heap(): Buffer
  /** Size of the WASM memory in bytes; it never shrinks. */
  heapBytes(): number
}

let compiled: WebAssembly.Module | undefined

/** Starts a new instance of SQLite; the code is compiled once for the process. */
export async function loadSqlite(): Promise<Sqlite> {
  const require = createRequire(import.meta.url)
  compiled ??= await WebAssembly.compile(
    readFileSync(require.resolve('@sqlite.org/sqlite-wasm/sqlite3.wasm')),
  )
  const module = compiled
  // The types of the package leave the options out; the code behind takes Emscripten's.
  const start = init as unknown as (options: object) => Promise<Sqlite3Static>
  const { capi, wasm, vtab } = await start({
    print() {},
    printErr() {},
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports)
      done(instance)
      return instance.exports
    },
  })
  let bytes = Buffer.alloc(0)
  const heap = () => {
    // Memory that grew has moved: what was seen of it before is empty from then on.
    if (bytes.length === 0) bytes = Buffer.from(wasm.heap8u().buffer as ArrayBuffer)
    return bytes
  }
  return { capi, wasm, vtab, raw: wasm.exports as RawExports, heap, heapBytes: () => heap().byteLength }
}
