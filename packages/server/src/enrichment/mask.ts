/** What stands where a secret stood. */
export const masked = '••••••'

/**
 * Returns a function that takes secrets out of a text, in every form in which a service may echo them: as they are, in
 * an address, in a form, in JSON, in base64.
 */
export function maskOf(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(
    secrets.flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      new URLSearchParams({ s: secret }).toString().slice(2),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64url'),
    ]),
  )
  const longestFirst = [...forms].filter((form) => form !== '').sort((a, b) => b.length - a.length)
  return (text) => longestFirst.reduce((left, form) => left.replaceAll(form, masked), text)
}
