// Making files and folders outlast a power cut.
import { open, rename } from 'node:fs/promises'

/** Syncs a file or a folder. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Replaces `folder/name` in one step that is on disk when this resolves. */
export async function replaceFile(folder: string, name: string, text: string): Promise<void> {
  const temporary = `${folder}/${name}.tmp`
  const handle = await open(temporary, 'w')
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, `${folder}/${name}`)
  await sync(folder)
}
