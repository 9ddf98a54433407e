import type { Verdict } from './check.ts'

/** The parts of a package.json that name versions of other packages. */
export interface PackageFile {
  readonly path: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const exact = /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.-]+)?$/

/** Refuses ranges such as ^1.2.3: the same commit must install the same code, also without a lockfile. */
export function checkPinnedVersions(packages: readonly PackageFile[]): Verdict {
  const problems = packages.flatMap((file) =>
    [file.dependencies, file.devDependencies, file.optionalDependencies]
      .flatMap((table) => Object.entries(table ?? {}))
      .filter(([, version]) => !exact.test(version))
      .map(([name, version]) => `${file.path}: ${name} is “${version}”; write one exact version`),
  )
  return { problems }
}
