/** As much of package-lock.json (version 3) as we look at. */
export interface Lockfile {
  packages: Record<string, LockedPackage>
}

/** A package by where it lies: `node_modules/sharp`. */
export interface LockedPackage {
  version?: string
  dev?: boolean
  optional?: boolean
  cpu?: string[]
  os?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

/** An optional dependency that the lockfile does not know. */
export interface MissingPackage {
  readonly name: string
  /** As the package that wants it says; exact, for packages of binaries. */
  readonly version: string
  /** Is it wanted for development alone? */
  readonly dev: boolean
}

/**
 * Optional dependencies, mostly binaries for other platforms, without an entry. npm leaves them out when its registry
 * does not have them, and then refuses its own lockfile at `npm ci`.
 */
export function findMissingPackages({ packages }: Lockfile): MissingPackage[] {
  const missing = new Map<string, MissingPackage>()
  for (const [place, { optionalDependencies = {}, dev = false }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (placesOf(place, name).some((entry) => entry in packages)) continue
      missing.set(name, { name, version, dev: dev && (missing.get(name)?.dev ?? true) })
    }
  }
  return [...missing.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Where a package's dependency may lie: inside it, or in any folder above. */
function placesOf(place: string, name: string): string[] {
  const parts = place.split('/node_modules/')
  const inside = parts.map(
    (_, index) => `${parts.slice(0, index + 1).join('/node_modules/')}/node_modules/${name}`,
  )
  return [`node_modules/${name}`, ...inside]
}
