// What the place of a program says about it, where no package speaks for it.

export interface Place {
  reputation: number
  /** Ends the sentence "No package owns it; it lies …". */
  where: string
}

const temporary = ['/tmp/', '/var/tmp/', '/dev/shm/', '/run/user/', '/run/shm/']
const homes = ['/home/', '/root/', '/var/home/']
const local = ['/usr/local/', '/opt/', '/srv/']

/** The place of an absolute path of a file that no package owns. */
export function placeOf(path: string): Place {
  const isBelow = (folders: string[]) => folders.some((folder) => path.startsWith(folder))
  if (isBelow(temporary)) return { reputation: 30, where: 'in a folder for temporary files' }
  if (isBelow(homes)) return { reputation: 40, where: 'in a home folder' }
  if (isBelow(local)) return { reputation: 45, where: 'where administrators put their own software' }
  return { reputation: 40, where: 'outside the folders for own software' }
}
