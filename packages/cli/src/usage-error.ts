/** Something that whoever typed the command must mend; its message is one clear sentence. */
export class UsageError extends Error {
  override name = 'UsageError'
}
