const block = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END/g

/** The certificates of a file in DER: one in DER itself, or every one of a PEM bundle. Nothing else of the file is looked at. */
export function* certificatesIn(bytes: Uint8Array): Generator<Buffer> {
  if (bytes[0] === 0x30) {
    yield Buffer.from(bytes)
    return
  }
  for (const [, body = ''] of Buffer.from(bytes).toString('latin1').matchAll(block)) {
    const der = Buffer.from(body, 'base64')
    // OpenSSL's own form has settings of trust behind the certificate.
    if (der[1] === 0x82) yield der.subarray(0, der.readUInt16BE(2) + 4)
    else yield der
  }
}
