import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { namedSchemas } from '@flatrender/contracts/template'
import { z } from 'zod'
import { repositoryRoot } from '../repository/repository-root.ts'
import type { JsonSchema } from './json-schema.ts'
import { type Comments, readComments } from './read-comments.ts'

/**
 * The JSON Schema (2020-12) of what a person writes, before defaults are filled in. Parts with a name of their own
 * become `$defs`; docblocks become descriptions, which editors show beside the field.
 */
export function makeJsonSchema(name: string, title: string, root: z.ZodType): JsonSchema {
  const registry = z.registry<{ id?: string }>()
  for (const [id, schema] of Object.entries(namedSchemas)) if (schema !== root) registry.add(schema, { id })
  const schema = z.toJSONSchema(root, { io: 'input', metadata: registry }) as JsonSchema
  const comments = readSchemaComments()
  const { $schema, $defs = {}, ...rest } = schema
  const named = Object.entries($defs).map(([id, part]) => [id, describe(id, part, comments)] as const)
  return {
    ...($schema === undefined ? {} : { $schema }),
    title,
    ...describe(name, rest, comments),
    $defs: Object.fromEntries(named),
  }
}

function readSchemaComments(): Comments {
  const folder = join(repositoryRoot, 'contracts', 'src', 'template')
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'))
  return new Map(files.flatMap((name) => [...readComments(readFileSync(join(folder, name), 'utf8'))]))
}

/** The part with the docblocks of its schema and fields; zod's own `id` is said by the key in `$defs` already. */
function describe(name: string, part: JsonSchema, comments: Comments): JsonSchema {
  const { id: _, ...schema } = part as JsonSchema & { id?: unknown }
  const description = comments.get(name)
  const described = description === undefined ? schema : { description, ...schema }
  if (schema.properties === undefined) return described
  const fields = Object.entries(schema.properties).map(([field, value]) => {
    const meaning = comments.get(`${name}.${field}`)
    return [field, meaning === undefined ? value : { description: meaning, ...value }] as const
  })
  return { ...described, properties: Object.fromEntries(fields) }
}
