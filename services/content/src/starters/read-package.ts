import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { openTemplate, type TemplatePackage } from '@flatrender/engine-scene'

/**
 * Opens a package that came with FlatRender as a folder. What begins with a dot, or was packed into it, is no part of it.
 * Errors: those of `openTemplate`.
 */
export async function readPackage(folder: string): Promise<TemplatePackage> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)).replaceAll('\\', '/'))
    .filter(
      (inside) => !inside.endsWith('.lottie') && !inside.split('/').some((part) => part.startsWith('.')),
    )
  const files = await Promise.all(
    paths.map(async (inside) => [inside, await readFile(path.join(folder, inside))] as const),
  )
  return openTemplate(new Map(files), folder)
}
