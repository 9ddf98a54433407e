import { createHash } from 'node:crypto'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { packTemplate, type TemplatePackage } from '@flatrender/engine-scene'

/** A starter template, and its package as one file. */
export interface StarterPackage {
  readonly template: TemplatePackage
  /** What it is called in addresses. */
  readonly slug: string
  /** Content hash. */
  readonly hash: Buffer
  /** Where it is stored. */
  readonly key: string
  /** The file and its SHA-256; packed when it is first asked for. */
  archive(): Archive
}

/** A package as one file. */
export interface Archive {
  readonly bytes: Uint8Array
  readonly sha256: Buffer
}

/** Makes ready what publishing a starter template needs. */
export function prepareStarter(template: TemplatePackage): StarterPackage {
  let packed: Archive | undefined
  return {
    template,
    slug: template.manifest.id,
    hash: Buffer.from(template.hash, 'hex'),
    key: `content/${DEFAULT_TENANT_ID}/packages/${template.hash}.lottie`,
    archive() {
      packed ??= pack(template)
      return packed
    },
  }
}

function pack({ files }: TemplatePackage): Archive {
  const bytes = packTemplate(files)
  return { bytes, sha256: createHash('sha256').update(bytes).digest() }
}
