import { z } from 'zod'
import { procedure } from '../call/procedure.ts'
import { manifestSchema } from '../template/manifest.ts'
import { listedVersion } from './templates.ts'

const texts = z.record(z.string(), z.string())
const ofVersion = z.object({ id: z.guid() })

/** A scene in short; the manifest says all of it. */
const sceneSummary = z.object({
  key: z.string(),
  name: texts,
  formats: z.array(z.string()),
  /** How long it lasts as designed, and what it bears; null: no bound. */
  seconds: z.object({
    default: z.number().positive(),
    min: z.number().positive().nullable(),
    max: z.number().positive().nullable(),
  }),
  slots: z.array(z.object({ key: z.string(), type: z.string(), name: texts })),
})

/** The package as one file, and what its bytes must be. */
const packageFacts = z.object({
  /** SHA-256 over the package's paths and contents: names this template, however it is packed. In hexadecimal. */
  contentHash: z.string(),
  /** SHA-256 of the file itself, in hexadecimal. */
  sha256: z.string(),
  bytes: z.int(),
})

/** Versions of templates. Once published they stay as they are: videos are rendered from them. */
export const versions = {
  show: procedure('templates:read')
    .route({
      method: 'GET',
      path: '/template-versions/{id}',
      summary: 'What is in this version?',
      description: 'Its scenes and slots in short, and the whole manifest: palettes, presets, transitions.',
      tags: ['templates'],
    })
    .input(ofVersion)
    .output(listedVersion.extend({ scenes: z.array(sceneSummary), manifest: manifestSchema })),
  package: procedure('templates:read')
    .route({
      method: 'GET',
      path: '/template-versions/{id}/package',
      summary: 'Where do I get the package?',
      description:
        'An address that opens it for a quarter of an hour, to whoever has it. It may be relative to this API’s own.',
      tags: ['templates'],
    })
    .input(ofVersion)
    .output(packageFacts.extend({ url: z.string(), expiresAt: z.iso.datetime() })),
  /** Where a version's package is stored, for services that read the storage themselves. */
  packageOf: procedure('service')
    .input(z.object({ versionId: z.guid() }))
    .output(
      packageFacts.extend({
        storageKey: z.string(),
        /** Who publishes it: what is made of shared inputs alone is kept there. */
        tenantId: z.guid(),
        /** Do tenants below see the template? */
        shared: z.boolean(),
      }),
    ),
}
