import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

const { O_RDONLY, O_NONBLOCK, O_NOATIME, O_NOCTTY } = constants
/** A path may lead to a pipe or a device by now: opening must not wait for anybody. */
const flags = O_RDONLY | O_NONBLOCK | O_NOCTTY

/**
 * Opens a file for reading without changing the time of its last access, where that is allowed.
 * @throws a Node.js system error.
 */
export async function openQuietly(path: string): Promise<FileHandle> {
  try {
    return await open(path, flags | O_NOATIME)
  } catch (error) {
    // Only the owner of a file and root may leave its time alone.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error
    return open(path, flags)
  }
}
