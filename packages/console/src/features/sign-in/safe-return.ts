/**
 * Where to go after signing in: the address that was asked for, if it is one of this console.
 * An address of another site (`//evil.example`, `https:…`, `/\evil`) is not followed.
 */
export function safeReturn(from: string | undefined): string {
  if (from === undefined || !/^\/(?![/\\])/.test(from)) return '/live-discover'
  if (/^\/(sign-in|password)\b/.test(from) || from === '/') return '/live-discover'
  return from
}
