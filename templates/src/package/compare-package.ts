import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { PackageFiles } from './build-package.ts'

/** Says which files of a folder differ from a built package: missing, changed or left over. */
export function comparePackage(folder: string, files: PackageFiles): string[] {
  const present = new Set(listFiles(folder))
  const findings: string[] = []
  for (const [path, bytes] of files) {
    if (!present.delete(path)) findings.push(`missing: ${path}`)
    else if (!readFileSync(join(folder, path)).equals(bytes)) findings.push(`changed: ${path}`)
  }
  return [...findings, ...[...present].map((path) => `left over: ${path}`)].sort()
}

/** Paths of all files under a folder, relative to it, with forward slashes. */
function listFiles(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return entries
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'))
}
