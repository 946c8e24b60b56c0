import { readFileSync, realpathSync } from 'node:fs'

interface Mount {
  device: string
  /** Folder of the file system that is mounted. */
  root: string
  place: string
}

/** Mount points at which a folder below one of these folders is mounted a second time; empty where that cannot be known. */
export function mountsBelow(dirs: readonly string[]): string[] {
  try {
    const mounts = parseMounts(readFileSync('/proc/self/mountinfo', 'utf8'))
    return dirs.flatMap((dir) => below(mounts, realpathSync(dir)))
  } catch {
    return []
  }
}

function below(mounts: readonly Mount[], dir: string): string[] {
  // Of mounts at one place the last hides the others.
  const holder = mounts.reduce<Mount | undefined>(
    (best, mount) =>
      isWithin(dir, mount.place) && mount.place.length >= (best?.place.length ?? 0) ? mount : best,
    undefined,
  )
  if (!holder) return []
  const inside = join(holder.root, dir.slice(holder.place === '/' ? 0 : holder.place.length))
  return mounts
    .filter(({ device, root }) => device === holder.device && isWithin(root, inside))
    .map(({ place }) => place)
}

function parseMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [, , device, root, place] = line.split(' ')
    return device && root && place ? [{ device, root: plain(root), place: plain(place) }] : []
  })
}

const isWithin = (path: string, folder: string) =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
const join = (root: string, rest: string) => (root === '/' ? rest || '/' : root + rest)
const plain = (text: string) =>
  text.replace(/\\([0-7]{3})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 8)))
