/** An error as Node.js throws it: `code` is the name of the errno. */
export interface SystemError extends Error {
  code: string
  path?: string
}

const sentences: Record<string, string> = {
  EACCES: 'permission denied',
  EFBIG: 'file too large',
  EINVAL: 'not a regular file',
  EISDIR: 'is a directory',
  ELOOP: 'too many symbolic links',
  ENOENT: 'no such file or directory',
  ENOTDIR: 'not a directory',
}

/** Makes a system error for a path; `why` replaces the usual words of the code. */
export function systemError(code: string, path: string, why = sentences[code] ?? 'failed'): SystemError {
  return Object.assign(new Error(`${code}: ${why}, '${path}'`), { code, path })
}

/** The code of a system error, or undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as Partial<SystemError>).code : undefined
  return typeof code === 'string' ? code : undefined
}
