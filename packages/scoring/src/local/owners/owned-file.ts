// A file that a package of the system says is its own.
import type { Host } from '@quarry/tables/host-ports'

export interface OwnedFile {
  /** With symlinked folders of old layouts resolved: `/bin/sh` is `/usr/bin/sh`. */
  path: string
  package: string
  version: string
  /** Sum of the contents as the package knows it, in hex; none for what a package only names. */
  digest?: { algorithm: 'md5' | 'sha256'; value: string }
  /** A file of settings, which its owner may change. */
  isSettings: boolean
}

/** A database of packages: where it is, and what is in it. */
export interface OwnerSource {
  name: 'dpkg' | 'rpm'
  /** Changes whenever packages do; undefined where the system has no such database. */
  generation(host: Host): string | undefined
  files(host: Host): Iterable<OwnedFile>
}

/** Debian and others moved `/bin`, `/lib` and `/sbin` below `/usr`; their packages still name the old places. */
export const canonicalPath = (path: string) =>
  path.replace(/^\/(bin|sbin|lib|lib32|lib64|libx32)\//, '/usr/$1/')
