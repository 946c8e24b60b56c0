import { compareDigits } from './generic.ts'

/** Compares versions of RPM packages: epoch, version with `~` (older) and `^` (newer), and release where both have one. */
export const compareRhel = (left: string, right: string) => compareParts(left, right, true)

/** Compares versions of Arch Linux packages: the same without `~` and `^`. */
export const compareArch = (left: string, right: string) => compareParts(left, right, false)

function compareParts(left: string, right: string, marks: boolean): number {
  const a = parts(left)
  const b = parts(right)
  const order = compareDigits(a.epoch, b.epoch) || compareSegments(a.version, b.version, marks)
  if (order !== 0 || a.release === undefined || b.release === undefined) return order
  return compareSegments(a.release, b.release, marks)
}

function parts(text: string) {
  const [, epoch = '0', version, release] = /^(?:(\d+):)?(.*?)(?:-([^-]*))?$/s.exec(text)!
  return { epoch, version: version!, release }
}

/** Segments are runs of digits or of letters; digits are newer than letters. What is left over is newer, except letters in Arch. */
function compareSegments(left: string, right: string, marks: boolean): number {
  const a = segments(left, marks)
  const b = segments(right, marks)
  for (let index = 0; ; index++) {
    const one = a[index]
    const other = b[index]
    if (one === undefined && other === undefined) return 0
    if (one === other) continue
    for (const [mark, order] of [
      ['~', -1],
      ['^', 1],
    ] as const) {
      // `~` is older than anything, the end included; `^` is newer than the end and older than anything else.
      if (one === mark) return mark === '~' || other !== undefined ? -1 : order
      if (other === mark) return mark === '~' || one !== undefined ? 1 : -order
    }
    if (one === undefined) return !marks && /^[A-Za-z]/.test(other!) ? 1 : -1
    if (other === undefined) return !marks && /^[A-Za-z]/.test(one) ? -1 : 1
    const [digitsA, digitsB] = [/^\d/.test(one), /^\d/.test(other)]
    if (digitsA !== digitsB) return digitsA ? 1 : -1
    const order = digitsA ? compareDigits(one, other) : one < other ? -1 : 1
    if (order !== 0) return order
  }
}

const segments = (text: string, marks: boolean) =>
  text.match(marks ? /\d+|[A-Za-z]+|~|\^/g : /\d+|[A-Za-z]+/g) ?? []
