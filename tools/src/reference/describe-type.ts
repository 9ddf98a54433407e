import type { JsonSchema } from './json-schema.ts'

/** What may stand in a field, in a few words of Markdown; parts with a name become links into the same page. */
export function describeType(schema: JsonSchema): string {
  if (schema.$ref !== undefined) return linkTo(schema.$ref.replace('#/$defs/', ''))
  if (schema.const !== undefined) return code(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(code).join(', ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return choices.map(describeType).join(' or ')
  if (schema.allOf !== undefined) return schema.allOf.map(describeType).join(', ')
  switch (schema.type) {
    case 'array':
      return `list of ${describeType(schema.items ?? {})}${bounds(schema.minItems, schema.maxItems)}`
    case 'object':
      return describeObject(schema)
    case 'number':
      return `number${bounds(schema.minimum, schema.maximum, schema.exclusiveMinimum)}`
    case 'integer':
      return `whole number${bounds(schema.minimum, schema.maximum, schema.exclusiveMinimum)}`
    case 'string':
      return schema.pattern === undefined ? 'text' : `text like \`${schema.pattern.replaceAll('|', '\\|')}\``
    default:
      return schema.type ?? 'anything'
  }
}

function describeObject(schema: JsonSchema): string {
  if (schema.properties !== undefined) {
    const fields = Object.entries(schema.properties).map(([name, field]) => {
      const optional = schema.required?.includes(name) ? '' : '?'
      return `\`${name}${optional}\`: ${describeType(field)}`
    })
    return `{ ${fields.join('; ')} }`
  }
  if (typeof schema.additionalProperties !== 'object') return 'object'
  const key = schema.propertyNames?.$ref === undefined ? 'name' : describeType(schema.propertyNames)
  return `${key} → ${describeType(schema.additionalProperties)}`
}

/** ` ≥ 0`, ` 0–4`, ` > 0 ≤ 120`; nothing where the number is free (JSON's safe integers count as free). */
function bounds(least?: number, most?: number, above?: number): string {
  const low =
    least !== undefined && Number.isSafeInteger(least) && least <= -Number.MAX_SAFE_INTEGER
      ? undefined
      : least
  const high = most !== undefined && most >= Number.MAX_SAFE_INTEGER ? undefined : most
  if (low !== undefined && high !== undefined) return ` ${low}–${high}`
  const parts = [
    above === undefined ? '' : ` > ${above}`,
    low === undefined ? '' : ` ≥ ${low}`,
    high === undefined ? '' : ` ≤ ${high}`,
  ]
  return parts.join('')
}

function linkTo(name: string): string {
  return `[${name}](#${name.toLowerCase()})`
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``
}
