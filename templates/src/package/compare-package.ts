import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { PackageFiles } from './build-package.ts'

/** Says which files of a folder differ from a built package: missing, changed or left over. */
export function comparePackage(folder: string, files: PackageFiles): string[] {
  const present = new Set(listFiles(folder))
  const findings: string[] = []
  for (const [path, bytes] of files) {
    if (!present.delete(path)) findings.push(`missing: ${path}`)
    else if (differs(path, readFileSync(join(folder, path)), bytes)) findings.push(`changed: ${path}`)
  }
  return [...findings, ...[...present].map((path) => `left over: ${path}`)].sort()
}

/** What lossy encoders write: their arithmetic, and so their bytes, follow what the processor offers. */
const ENCODED = /\.(ogg|mp4|jpg)$/
/** Share by which the size of the same sound or picture may differ between processors. */
const SIZE_TOLERANCE = 0.05

function differs(path: string, before: Buffer, after: Uint8Array): boolean {
  if (before.equals(after)) return false
  if (!ENCODED.test(path)) return true
  return Math.abs(before.length - after.length) > before.length * SIZE_TOLERANCE
}

/** Paths of all files under a folder, relative to it, with forward slashes. */
function listFiles(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return entries
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'))
}
