import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'

/** The folders right below one that hold a manifest, in the order of their names. */
export async function listPackageFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const places = entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name))
  const packages = await Promise.all(places.map(hasManifest))
  return places.filter((_, index) => packages[index]).toSorted()
}

async function hasManifest(place: string): Promise<boolean> {
  try {
    return (await stat(path.join(place, 'flatrender.json'))).isFile()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
