/** Returns the nonce of this page: the server writes a new one into each answer, and only style elements that carry it are let in. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
}
