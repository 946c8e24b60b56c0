import type { FileAction } from '@quarry/schema/events'
import type { Look } from './known-files.ts'

/** Times that lie further apart than this, in milliseconds, were set and did not come about by themselves. */
const apart = 2000

/**
 * What about a file's attributes changed. The kernel only says that something did: what was known before tells what. Without that the
 * times tell: who sets the times to "now" leaves the last change of content and of inode at the same moment. What is left is taken to be
 * the permissions, which are changed far more often than the owner.
 * @param made whether the file was made in the same event, so that its times began at this moment.
 */
export function attributeChanges(
  before: Look | undefined,
  now: Look | undefined,
  made: boolean,
): FileAction[] {
  if (!now) return ['permissions']
  if (made) return changesOfNew(now)
  if (!before || before.inode !== now.inode)
    return [now.modified === now.changed ? 'timestamps' : 'permissions']
  const changes: FileAction[] = []
  if (before.mode !== now.mode) changes.push('permissions')
  if (before.owner !== now.owner) changes.push('ownership')
  if (changes.length > 0) return changes
  // Reading moves the access time, without telling anybody; only together with the rest it was set.
  if (before.modified !== now.modified || now.modified === now.changed) return ['timestamps']
  return before.accessed !== now.accessed && Math.abs(now.accessed - now.changed) > apart
    ? ['timestamps']
    : ['permissions']
}

function changesOfNew(now: Look): FileAction[] {
  if (Math.abs(now.modified - now.changed) > apart) return ['timestamps']
  return now.changed > now.modified ? ['permissions'] : []
}
