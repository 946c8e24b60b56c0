import { v5 } from 'uuid'

/** Fixed for ever: with it every installation gives a catalogue entry the same id. */
const namespace = '6f1f2c0e-93a4-5a7e-9d6b-2f6b0a8f4c11'

/** Returns the API id of a catalogue entry, such as `network.open_connections`. */
export const queryIdOf = (code: string): string => v5(`query:${code}`, namespace)

/** Returns the API id of a category by its code. */
export const categoryIdOf = (code: string): string => v5(`category:${code}`, namespace)
