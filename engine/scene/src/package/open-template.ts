import { FlatRenderError } from '@flatrender/contracts/errors'
import { MANIFEST_VERSION, type Manifest, manifestSchema } from '@flatrender/contracts/template'
import { describeIssue } from '../story/describe-issue.ts'
import { findManifestFault } from './find-manifest-fault.ts'
import { hashPackage } from './hash-package.ts'
import { sha256Hex } from './sha256.ts'
import type { PackageFiles, TemplatePackage } from './template-package.ts'
import { describeUnsafePath } from './unsafe-path.ts'

/**
 * Checks the manifest and that every file it names is there. `name` is for the errors.
 * Errors: TEMPLATE_MANIFEST_MISSING, TEMPLATE_MANIFEST_INVALID, TEMPLATE_VERSION_UNKNOWN, TEMPLATE_FILE_MISSING,
 * TEMPLATE_PATH_UNSAFE.
 */
export function openTemplate(files: PackageFiles, name: string): TemplatePackage {
  const manifest = readManifest(files, name)
  for (const path of files.keys()) {
    const reason = describeUnsafePath(path)
    if (reason !== undefined)
      throw new FlatRenderError('TEMPLATE_PATH_UNSAFE', { template: name, path, reason })
  }
  for (const { path, where } of referencedFiles(manifest)) {
    if (!files.has(path)) throw new FlatRenderError('TEMPLATE_FILE_MISSING', { template: name, path, where })
  }
  for (const { family, file, sha256 } of manifest.fonts) {
    // Fonts are remembered by hash, across templates: one must not pass for another.
    if (sha256Hex(files.get(file)!) !== sha256)
      throw invalid(name, `fonts.${family}.sha256`, `it is not the hash of ${file}`)
  }
  return { manifest, files, hash: hashPackage(files) }
}

/** Every file that the manifest names, with the place that names it. */
function referencedFiles(manifest: Manifest): { path: string; where: string }[] {
  const found: { path: string; where: string }[] = []
  for (const scene of manifest.scenes) {
    for (const [format, path] of Object.entries(scene.animations)) {
      found.push({ path, where: `scenes.${scene.id}.animations.${format}` })
    }
    for (const cue of scene.cues) found.push({ path: cue.file, where: `scenes.${scene.id}.cues` })
  }
  for (const font of manifest.fonts) found.push({ path: font.file, where: `fonts.${font.family}` })
  if (manifest.music !== undefined) found.push({ path: manifest.music.file, where: 'music' })
  for (const [language, path] of Object.entries(manifest.samples))
    found.push({ path, where: `samples.${language}` })
  return found
}

function readManifest(files: PackageFiles, name: string): Manifest {
  const bytes = files.get('flatrender.json')
  if (bytes === undefined) throw new FlatRenderError('TEMPLATE_MANIFEST_MISSING', { template: name })
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    throw invalid(name, 'flatrender.json', (error as Error).message)
  }
  const version =
    typeof json === 'object' && json !== null && 'flatrender' in json ? json.flatrender : undefined
  if (version !== MANIFEST_VERSION && (typeof version === 'number' || typeof version === 'string')) {
    throw new FlatRenderError('TEMPLATE_VERSION_UNKNOWN', {
      template: name,
      version,
      known: MANIFEST_VERSION,
    })
  }
  const parsed = manifestSchema.safeParse(json)
  if (!parsed.success) {
    const { path, reason } = describeIssue(parsed.error)
    throw invalid(name, path, reason)
  }
  const fault = findManifestFault(parsed.data)
  if (fault !== undefined) throw invalid(name, fault.path, fault.reason)
  return parsed.data
}

function invalid(template: string, path: string, reason: string): FlatRenderError {
  return new FlatRenderError('TEMPLATE_MANIFEST_INVALID', { template, path, reason })
}
