// `local_rep`: what the device itself knows of a file, the strongest evidence first.
import type { Host } from '@quarry/tables/host-ports'
import type { ContentScores } from '../content-scores.ts'
import { type Evidence, type Scored, unknown } from '../evidence.ts'
import type { Owners } from './owners/owners-index.ts'
import { placeOf } from './place.ts'

export interface LocalFile {
  /** As the kernel or the query names it. */
  path: string
  /** Where its bytes are to be read; differs from `path` for the image of a process that is deleted or in a container. */
  image: string
  sha256: string
}

/** Reputations by what was found (docs/scores.md). */
export const reputations = {
  malware: 5,
  unwanted: 25,
  invalidSignature: 30,
  owned: 85,
  ownedUnproved: 60,
  settings: 50,
  modified: 35,
  gone: 30,
} as const

const deleted = ' (deleted)'

/**
 * Judges a file by the package that owns it and by its place. The digests of packages can be rewritten by root: 85 says
 * *consistent with its package*, not *genuine*.
 */
export function localReputation(
  host: Host,
  file: LocalFile,
  owners: Owners | undefined,
  content: Pick<ContentScores, 'signature' | 'authenticode'>,
): Scored {
  const { signature, authenticode } = content
  if (signature) {
    const score = signature.kind === 'malware' ? reputations.malware : reputations.unwanted
    return { score, evidence: [signature] }
  }
  const judged = byOwnerAndPlace(host, file, owners)
  if (!authenticode) return judged
  const isInvalid = authenticode.state === 'digest differs' && judged.score !== reputations.owned
  return {
    score: isInvalid ? Math.min(judged.score, reputations.invalidSignature) : judged.score,
    evidence: [...judged.evidence, authenticode],
  }
}

function byOwnerAndPlace(host: Host, file: LocalFile, owners: Owners | undefined): Scored {
  const { path } = file
  if (path.startsWith('/memfd:'))
    return one(reputations.gone, 'memfd', 'The program runs from memory alone; no file holds it.')
  if (path.endsWith(deleted))
    return one(reputations.gone, 'deleted', 'The program runs from a file that was deleted or replaced.')
  if (!path.startsWith('/')) return unknown('no_path', 'The file has no path on this machine.')
  if (file.image !== path && !isSameFile(host, file))
    return unknown(
      'other_root',
      'The file lies in a container or another root folder, whose packages are not read.',
    )
  const owned = owners?.of(realPath(host, path)) ?? owners?.of(path)
  if (!owned) return byPlace(path, owners !== undefined)
  const about = { package: owned.package, version: owned.version, source: owned.source }
  const name = `${owned.package} ${owned.version}`
  if (!owned.digest) {
    if (owned.isSettings)
      return one(
        reputations.settings,
        'settings',
        `A settings file of ${name}, which its owner may change.`,
        about,
      )
    return one(
      reputations.ownedUnproved,
      'owned_without_digest',
      `Belongs to ${name}, which keeps no digest of it.`,
      about,
    )
  }
  const digest = host.hash(file.image, [owned.digest.algorithm])[owned.digest.algorithm]
  if (digest === owned.digest.value)
    return one(reputations.owned, 'owned', `Belongs to ${name} and is as the package brought it.`, about)
  if (owned.isSettings)
    return one(reputations.settings, 'settings', `A settings file of ${name}, changed since.`, about)
  return one(
    reputations.modified,
    'package_file_modified',
    `Package file modified: it belongs to ${name}, and is not what the package brought.`,
    about,
  )
}

const one = (score: number, code: string, text: string, facts: Partial<Evidence> = {}): Scored => ({
  score,
  evidence: [{ ...facts, code, text }],
})

function byPlace(path: string, known: boolean): Scored {
  const { reputation, where } = placeOf(path)
  const text = known
    ? `No package owns it; it lies ${where}.`
    : `No package database is read here; it lies ${where}.`
  return one(reputation, 'place', text)
}

function realPath(host: Host, path: string) {
  try {
    return host.realpath(path)
  } catch {
    return path
  }
}

function isSameFile(host: Host, { path, image }: LocalFile) {
  try {
    const [named, running] = [host.stat(path), host.stat(image)]
    return named.dev === running.dev && named.ino === running.ino
  } catch {
    return false
  }
}
