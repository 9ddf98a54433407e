import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const skipped = new Set(['node_modules', '.git', '.flatrender', 'out'])

/**
 * Every file under a folder of the repository, as sorted paths with forward slashes relative to `root`.
 * It walks the disk and does not ask git: the tests also run where the sources were unpacked from an archive.
 */
export function walkFiles(root: string, folder = ''): string[] {
  const found: string[] = []
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name)) found.push(...walkFiles(root, path))
    } else if (entry.isFile()) found.push(path)
  }
  return found.sort()
}
