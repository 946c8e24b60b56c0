// A Linux file name is any bytes. Inside this folder a path is a string with one character for each byte, so that a file whose
// name is no UTF-8 can still be looked at; it becomes text when it is handed on, wrong bytes as U+FFFD.

const plain = /^[\0-\x7f]*$/

/** The path as `fs` takes it. */
export const toFsPath = (path: string) => (plain.test(path) ? path : Buffer.from(path, 'latin1'))

/** The path for people. */
export const toText = (path: string) =>
  plain.test(path) ? path : Buffer.from(path, 'latin1').toString('utf8')

/** Bytes of a text path. */
export const toBytePath = (text: string) =>
  plain.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1')

/** A name in a folder; `.` is the folder itself. */
export function join(folder: string, name: string): string {
  if (name === '.' || name === '') return folder
  return folder === '/' ? `/${name}` : `${folder}/${name}`
}
