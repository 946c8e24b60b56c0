import { readFileSync, readlinkSync, statSync } from 'node:fs'

// Each answers undefined when the file is not there or may not be read: a process can vanish at any moment.

export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

export function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}

/** Device, inode, size and links of what a path leads to. */
export function statOf(
  path: string,
): { device: number; inode: number; size: number; links: number } | undefined {
  try {
    const { dev, ino, size, nlink } = statSync(path)
    return { device: dev, inode: ino, size, links: nlink }
  } catch {
    return undefined
  }
}
