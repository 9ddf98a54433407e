import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Manifest, Modifications } from '@flatrender/contracts/template'
import type { Problems } from './gather-problems.ts'

/**
 * Role → colour: the template's defaults, then the named palette, then single colours. Problems that are kept:
 * PALETTE_UNKNOWN, PALETTE_ROLE_UNKNOWN.
 */
export function resolvePalette(
  manifest: Manifest,
  choice: Modifications['palette'],
  attempt: Problems['attempt'],
): Record<string, string> {
  const { roles, named } = manifest.palette
  const { name, colors = {} } = typeof choice === 'string' ? { name: choice } : (choice ?? {})
  attempt(() => {
    if (name !== undefined && !Object.hasOwn(named, name))
      throw new FlatRenderError('PALETTE_UNKNOWN', { palette: name, known: Object.keys(named) })
  })
  for (const role of Object.keys(colors)) {
    attempt(() => {
      if (!Object.hasOwn(roles, role))
        throw new FlatRenderError('PALETTE_ROLE_UNKNOWN', { role, known: Object.keys(roles) })
    })
  }
  const chosen = { ...(name === undefined ? {} : named[name]?.colors), ...colors }
  return Object.fromEntries(
    Object.entries(roles).map(([role, { default: color }]) => [
      role,
      Object.hasOwn(chosen, role) ? (chosen[role] ?? color) : color,
    ]),
  )
}
