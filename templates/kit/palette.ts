import type { Manifest } from '@flatrender/contracts/template'
import { type Property, still } from './property.ts'
import { round } from './round.ts'

/** sRGB red, green, blue, each 0…1. */
export type Rgb = readonly [number, number, number]

/** Reads `#rrggbb`. */
export function parseHex(hex: string): Rgb {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex)
  if (!match) throw new RangeError(`not a colour like #1a2b3c: ${hex}`)
  return [1, 2, 3].map((part) => round(Number.parseInt(match[part]!, 16) / 255, 4)) as unknown as Rgb
}

/** A template's colour roles, its manifest part and the properties that follow a role. */
export type Palette<Role extends string> = {
  manifest: Manifest['palette']
  /** A colour property bound to the role. */
  color: (role: Role) => Property
  /** The role's default; for what can't be bound, such as a text document's own fill. */
  default: (role: Role) => Rgb
}

type Names = Record<string, string>

/** Declares colour roles with their defaults, and ready-made palettes beside them. */
export function definePalette<Role extends string>(
  roles: Record<Role, { name: Names; default: string }>,
  named: Record<string, { name: Names; colors: Record<Role, string> }>,
): Palette<Role> {
  return {
    manifest: { roles, named },
    color: (role) => paletteColor(role, roles[role].default),
    default: (role) => parseHex(roles[role].default),
  }
}

function paletteColor(role: string, hex: string): Property {
  return { ...still([...parseHex(hex), 1]), k: [...parseHex(hex), 1], sid: `palette.${role}` }
}
