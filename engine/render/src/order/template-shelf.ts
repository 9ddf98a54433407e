import type { TemplateFile } from '@flatrender/contracts/node'
import type { PackageFiles } from '@flatrender/engine-scene'
import { loadPackageFiles } from '../template/load-template.ts'

/** So many unpacked packages stay at hand; neighbouring orders are often of one template. */
const KEPT = 3

/** Unpacked packages by what they hold. */
export interface TemplateShelf {
  /** Files of the package that lies there; none for no template. Errors: those of reading a package. */
  take(template: TemplateFile | null, file: (hash: string) => string): Promise<PackageFiles>
}

/** Opens an empty shelf. */
export function openTemplateShelf(): TemplateShelf {
  const kept = new Map<string, Promise<PackageFiles>>()
  return {
    take(template, file) {
      if (template === null) return Promise.resolve(new Map())
      const { contentHash, hash } = template
      const files = kept.get(contentHash) ?? loadPackageFiles(file(hash))
      files.catch(() => kept.delete(contentHash))
      kept.delete(contentHash)
      kept.set(contentHash, files)
      if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
      return files
    },
  }
}
