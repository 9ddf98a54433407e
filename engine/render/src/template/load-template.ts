import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import {
  MAX_PACKAGE_BYTES,
  openTemplate,
  type PackageFiles,
  readArchive,
  type TemplatePackage,
} from '@flatrender/engine-scene'
import { readFolder } from './read-folder.ts'

/**
 * Opens a template from a `.lottie` archive or an unpacked folder.
 * Errors: TEMPLATE_NOT_FOUND, and what reading and opening a package says.
 */
export async function loadTemplate(location: string): Promise<TemplatePackage> {
  return openTemplate(await loadPackageFiles(location), location)
}

/** The files alone, with nothing checked but that they may be unpacked. */
export async function loadPackageFiles(location: string): Promise<PackageFiles> {
  const info = await stat(location).catch(() => undefined)
  if (info === undefined) throw new FlatRenderError('TEMPLATE_NOT_FOUND', { template: location })
  if (info.isDirectory()) return readFolder(path.resolve(location), location)
  if (info.size > MAX_PACKAGE_BYTES) {
    const reason = `the archive itself has ${info.size} bytes`
    throw new FlatRenderError('TEMPLATE_TOO_LARGE', {
      template: location,
      limit: '512 MiB in 10,000 files',
      reason,
    })
  }
  return readArchive(await readFile(location), location)
}
