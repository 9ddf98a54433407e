import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { openTemplate, packTemplate } from '@flatrender/engine-scene'
import type { Storage } from '@flatrender/platform/storage'
import type { RenderDeps } from '../service.ts'

const TEMPLATES = path.join(import.meta.dirname, '../../../../templates')
/** Id of the template, and of its one version. */
const VERSION = '00000000-0000-7000-8000-00000000000e'

/** The files of a starter template. */
export async function readFiles(key: string): Promise<Map<string, Uint8Array>> {
  const folder = path.join(TEMPLATES, key)
  const files = new Map<string, Uint8Array>()
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    files.set(path.relative(folder, file).replaceAll(path.sep, '/'), await readFile(file))
  }
  return files
}

/** A starter template as the content service has it, for a testbed that has no such service. */
export async function readTemplate(key: string) {
  const files = await readFiles(key)
  const archive = packTemplate(files)
  const stored = {
    storageKey: `content/${key}`,
    contentHash: openTemplate(files, key).hash,
    sha256: createHash('sha256').update(archive).digest('hex'),
    bytes: archive.length,
    tenantId: DEFAULT_TENANT_ID,
    shared: false,
  }
  return {
    /** Knows this template alone. */
    content: {
      templates: { show: async () => ({ id: VERSION, version: '1.0.0', versionId: VERSION }) },
      versions: { packageOf: async () => stored },
    } as unknown as RenderDeps['content'],
    /** Puts the package where it is looked for. */
    store: (storage: Storage) =>
      storage.put(stored.storageKey, archive, {
        sha256: stored.sha256,
        bytes: archive.length,
        contentType: 'application/zip',
      }),
  }
}
