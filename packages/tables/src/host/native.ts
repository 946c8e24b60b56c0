import { createRequire } from 'node:module'
import type koffi from 'koffi'

let loaded: typeof koffi | undefined

/** The way to functions of libraries written in C, loaded when it is first needed: most queries have no use for it. */
export function native(): typeof koffi {
  loaded ??= createRequire(import.meta.url)('koffi') as typeof koffi
  return loaded
}
