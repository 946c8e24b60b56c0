/** EFI_CERT_X509_GUID as its bytes lie in a variable (UEFI 2.10, 32.4.1). */
const x509 = 'a159c0a5e494a74a87b5ab155c2bf072'
/** GUID of the type, then the sizes of the list, of its header and of one signature, each four bytes. */
const head = 28
/** Each signature begins with the GUID of its owner. */
const owner = 16

/** The certificates in DER of a firmware variable that holds lists of signatures; hashes are passed over, and what is broken ends the list. */
export function* signedCertificates(lists: Buffer): Generator<Buffer> {
  for (let at = 0; at + head <= lists.length; ) {
    const type = lists.toString('hex', at, at + 16)
    const [size, header, each] = [16, 20, 24].map((offset) => lists.readUInt32LE(at + offset)) as [
      number,
      number,
      number,
    ]
    const end = at + size
    if (size < head || end > lists.length || each <= owner) return
    if (type === x509)
      for (let one = at + head + header; one + each <= end; one += each)
        yield lists.subarray(one + owner, one + each)
    at = end
  }
}
