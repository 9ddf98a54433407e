import { findMissingPackages, type LockedPackage, type Lockfile, type MissingPackage } from './lockfile.ts'

const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64']

/** The lockfile with an entry for every optional package that it lacks, sorted as npm sorts. */
export function completeLockfile(lockfile: Lockfile): Lockfile {
  const added = findMissingPackages(lockfile).map((missing) => [
    `node_modules/${missing.name}`,
    entryFor(missing),
  ])
  const packages = { ...lockfile.packages, ...Object.fromEntries(added) } as Lockfile['packages']
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'))
  return { ...lockfile, packages: Object.fromEntries(sorted) }
}

/** What the package's own package.json would say; packages of binaries say their platform in their name. */
function entryFor({ name, version, dev }: MissingPackage): LockedPackage {
  const words = name.split(/[/-]/)
  const os = systems.filter((system) => words.includes(system))
  const cpu = processors.filter((processor) => words.includes(processor))
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu')) && os.includes('linux')
      ? ['glibc']
      : []
  return {
    version,
    ...(cpu.length > 0 && { cpu }),
    ...(dev && { dev }),
    ...(libc.length > 0 && { libc }),
    optional: true,
    ...(os.length > 0 && { os }),
  }
}
