/** Numbers of the tags of a package's header (rpm's documentation, "Tags"). */
export const rpmTags = {
  sha1: 269,
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  installTime: 1008,
  size: 1009,
  vendor: 1011,
  group: 1016,
  arch: 1022,
  fileSizes: 1028,
  fileModes: 1030,
  fileDigests: 1035,
  fileFlags: 1037,
  fileUsers: 1039,
  fileGroups: 1040,
  sourceRpm: 1044,
  dirIndexes: 1116,
  baseNames: 1117,
  dirNames: 1118,
  longFileSizes: 5008,
  longSize: 5009,
  digestAlgorithm: 5011,
} as const
type TagName = keyof typeof rpmTags

/** A package's header. */
export interface RpmHeader {
  text(tag: TagName): string
  texts(tag: TagName): string[]
  numbers(tag: TagName): number[]
  number(tag: TagName): number | undefined
}

const widths: Record<number, number> = { 2: 1, 3: 2, 4: 4, 5: 8 }
const maxCount = 5_000_000

/**
 * Opens a header as the database of rpm keeps it: the number of entries, the size of the data, the entries (tag, type, offset and
 * count, 16 bytes each), the data; all numbers big-endian. Throws a RangeError where it is damaged.
 */
export function openRpmHeader(blob: Buffer): RpmHeader {
  const entries = blob.readUInt32BE(0)
  const start = 8 + entries * 16
  if (start > blob.length) throw new RangeError('The header is cut short.')
  const data = blob.subarray(start, start + blob.readUInt32BE(4))
  const places = new Map<number, { type: number; offset: number; count: number }>()
  for (let at = 8; at < start; at += 16) {
    places.set(blob.readUInt32BE(at), {
      type: blob.readUInt32BE(at + 4),
      offset: blob.readUInt32BE(at + 8),
      count: Math.min(blob.readUInt32BE(at + 12), maxCount),
    })
  }

  function texts(tag: TagName): string[] {
    const place = places.get(rpmTags[tag])
    if (!place || ![6, 8, 9].includes(place.type)) return []
    const found: string[] = []
    let at = place.offset
    for (let left = place.type === 6 ? 1 : place.count; left > 0 && at < data.length; left -= 1) {
      const end = data.indexOf(0, at)
      found.push(data.toString('utf8', at, end < 0 ? data.length : end))
      at = end < 0 ? data.length : end + 1
    }
    return found
  }
  function numbers(tag: TagName): number[] {
    const place = places.get(rpmTags[tag])
    const width = place && widths[place.type]
    if (!place || !width) return []
    const count = Math.min(place.count, Math.floor((data.length - place.offset) / width))
    return Array.from({ length: Math.max(0, count) }, (_, index) => {
      const at = place.offset + index * width
      return width === 8 ? Number(data.readBigUInt64BE(at)) : data.readUIntBE(at, width)
    })
  }
  return { texts, numbers, text: (tag) => texts(tag)[0] ?? '', number: (tag) => numbers(tag)[0] }
}
