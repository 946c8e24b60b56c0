/**
 * Inode in a `struct file_handle`, for the file systems whose handles are known: ext2 to ext4 and others with 32-bit inodes, tmpfs, XFS,
 * btrfs. It is all that is left of a file that is gone.
 */
export function inodeOfHandle(handle: Buffer): number | undefined {
  if (handle.length < 16) return undefined
  const length = handle.readUInt32LE(0)
  const type = handle.readInt32LE(4)
  // Generation and inode in two halves (tmpfs), or inode and generation.
  if (type === 1 && length === 12 && handle.length >= 20)
    return handle.readUInt32LE(12) + handle.readUInt32LE(16) * 2 ** 32
  if (type === 1 && length === 8) return handle.readUInt32LE(8)
  if (type === 0x81 || type === 0x4d) return Number(handle.readBigUInt64LE(8))
  return undefined
}
