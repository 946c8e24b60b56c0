import { FunctionError, type Parameter, type SqlFunction } from '../functions/define-function.ts'
import type { Sqlite } from './sqlite.ts'
import type { Values } from './values.ts'

/** Makes functions known to a connection. All share one callback, which finds its function by number. */
export function registerFunctions(
  db: number,
  functions: readonly SqlFunction[],
  sqlite: Sqlite,
  values: Values,
): void {
  const { capi, wasm, raw } = sqlite
  const readers: Record<Parameter, (value: number) => unknown> = {
    text: (value) => values.readText(value),
    integer: (value) => Number(raw.sqlite3_value_int64(value)),
    real: (value) => raw.sqlite3_value_double(value),
    bytes: (value) => values.readBytes(value),
    any: (value) => values.read(value),
  }

  function call(context: number, argc: number, argv: number) {
    const fn = functions[raw.sqlite3_user_data(context) - 1]!
    try {
      const args: unknown[] = []
      for (let index = 0; index < argc; index++) {
        const value = wasm.peekPtr(argv + 4 * index) as number
        if (raw.sqlite3_value_type(value) === capi.SQLITE_NULL) return raw.sqlite3_result_null(context)
        args.push(readers[fn.parameters[index]!](value))
      }
      values.result(context, fn.run(...(args as never[])))
    } catch (error) {
      // Any other error is ours, and its words might tell what they should not.
      const said = error instanceof FunctionError ? error.message : `${fn.name}() failed`
      values.fail(context, said)
    }
  }

  const pointer = wasm.installFunction('v(pip)', call)
  const flags = capi.SQLITE_UTF8 | capi.SQLITE_DETERMINISTIC | capi.SQLITE_INNOCUOUS
  for (const [index, fn] of functions.entries()) {
    const most = fn.parameters.length
    for (let count = most - (fn.optional ?? 0); count <= most; count++) {
      const code = capi.sqlite3_create_function_v2(
        db as never,
        fn.name,
        count,
        flags as never,
        (index + 1) as never,
        pointer as never,
        0 as never,
        0 as never,
        0 as never,
      )
      if (code !== capi.SQLITE_OK) throw new Error(`SQLite did not take the function ${fn.name} (${code}).`)
    }
  }
}
