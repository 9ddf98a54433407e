import { z } from 'zod'
import { procedure } from '../call/procedure.ts'
import { formatNameSchema } from '../template/names.ts'

const moment = z.iso.datetime()
const texts = z.record(z.string(), z.string())
/** Every key of a template is one letter or more, digits and hyphens; its id has the form of one. */
const idOrKey = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i)

/** A template that is published, as its current version has it. */
const template = z.object({
  id: z.guid(),
  /** Its name in addresses, once in its tenant. */
  key: z.string(),
  /** By language (BCP 47). */
  name: texts,
  description: texts,
  /** Is it the tenant's own? Else a tenant above shares it. */
  own: z.boolean(),
  /** Such as `16:9`. */
  formats: z.array(z.string()),
  /** BCP 47. */
  languages: z.array(z.string()),
  /** Length of the story that is played when a person chooses nothing, where it can be told. */
  seconds: z.number().positive().nullable(),
  /** How many scenes there are to choose from, and how many slots they have together. */
  scenes: z.int(),
  slots: z.int(),
  versionId: z.guid(),
  version: z.string(),
  publishedAt: moment,
})

/** A version, as the list of its template's has it. */
export const listedVersion = z.object({
  id: z.guid(),
  templateId: z.guid(),
  version: z.string(),
  /** A retired version is chosen no more; what was made with it stays as it is. */
  state: z.enum(['published', 'retired']),
  /** The content hash of the package: SHA-256 over its paths and contents, in hexadecimal. */
  contentHash: z.string(),
  /** Of the package as one file. */
  bytes: z.int(),
  /** The first FlatRender that renders it. */
  engineMinimum: z.string(),
  publishedAt: moment,
})

/** Templates that a tenant may use: its own, and those that tenants above share. */
export const templates = {
  list: procedure('templates:read')
    .route({
      method: 'GET',
      path: '/templates',
      summary: 'Which templates are there?',
      description:
        'Published ones, your own and those that tenants above share, the newest first. `query` is looked for in their names, in every language. `next` is the `cursor` of the next page; null on the last.',
      tags: ['templates'],
    })
    .input(
      z.object({
        query: z.string().trim().min(1).max(100).optional(),
        format: formatNameSchema.optional(),
        language: z.string().min(2).max(35).optional(),
        cursor: z.guid().optional(),
        limit: z.coerce.number().int().min(1).max(100).default(50),
      }),
    )
    .output(z.object({ templates: z.array(template), next: z.guid().nullable() })),
  show: procedure('templates:read')
    .route({
      method: 'GET',
      path: '/templates/{id}',
      summary: 'What is this template?',
      description:
        'By id or key. Where your tenant and one above have the same key, it means yours, else the nearest.',
      tags: ['templates'],
    })
    .input(z.object({ id: idOrKey }))
    .output(template),
  listVersions: procedure('templates:read')
    .route({
      method: 'GET',
      path: '/templates/{id}/versions',
      summary: 'Which versions does a template have?',
      description: 'Published and retired ones, the newest first. A version never changes.',
      tags: ['templates'],
    })
    .input(z.object({ id: idOrKey }))
    .output(z.object({ versions: z.array(listedVersion) })),
}
