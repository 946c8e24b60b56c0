/** How often to look, in milliseconds. */
const every = 1000

/**
 * Calls `gone` once when the process that started this one has ended, even by kill -9: then the kernel gives us another parent
 * or closes the channel between us.
 */
export function watchParent(gone: () => void): void {
  const parent = process.ppid
  let told = false
  const tell = () => {
    if (!told) gone()
    told = true
  }
  process.once('disconnect', tell)
  setInterval(() => {
    if (process.ppid !== parent) tell()
  }, every).unref()
}
