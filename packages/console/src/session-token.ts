/** The CSRF token of the session in this tab. It is not a secret kept from scripts, so memory is enough. */
let csrfToken: string | undefined

export function keepCsrfToken(token: string | undefined): void {
  csrfToken = token
}

export function csrfHeaders(): Record<string, string> {
  return csrfToken === undefined ? {} : { 'X-CSRF-Token': csrfToken }
}
