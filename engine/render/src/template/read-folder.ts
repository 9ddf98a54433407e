import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { MAX_PACKAGE_BYTES, MAX_PACKAGE_FILES, type PackageFiles } from '@flatrender/engine-scene'

/** All files of an unpacked package, paths with forward slashes. What begins with a dot stays out; links are refused. */
export async function readFolder(folder: string, name: string): Promise<PackageFiles> {
  const files = new Map<string, Uint8Array>()
  let bytes = 0
  const visit = async (relative: string): Promise<void> => {
    for (const entry of await readdir(path.join(folder, relative), { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue
      const inside = relative === '' ? entry.name : `${relative}/${entry.name}`
      // What `template pack` wrote into the folder is no part of it.
      if (inside.endsWith('.lottie')) continue
      if (entry.isDirectory()) {
        await visit(inside)
        continue
      }
      if (!entry.isFile()) {
        throw new FlatRenderError('TEMPLATE_PATH_UNSAFE', {
          template: name,
          path: inside,
          reason: 'is a link',
        })
      }
      const content = await readFile(path.join(folder, inside))
      bytes += content.length
      if (files.size >= MAX_PACKAGE_FILES || bytes > MAX_PACKAGE_BYTES) {
        const reason = `it holds ${files.size} files of ${bytes} bytes so far`
        throw new FlatRenderError('TEMPLATE_TOO_LARGE', {
          template: name,
          limit: '512 MiB in 10,000 files',
          reason,
        })
      }
      files.set(inside, content)
    }
  }
  await visit('')
  return files
}
