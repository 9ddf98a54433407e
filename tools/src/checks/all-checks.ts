import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listWorkspaces } from '../repository/list-workspaces.ts'
import { repositoryRoot } from '../repository/repository-root.ts'
import { readSources } from '../repository/source-file.ts'
import { walkFiles } from '../repository/walk-files.ts'
import { checkBoundaries } from './boundaries.ts'
import type { Check } from './check.ts'
import { checkDocblocks } from './docblocks.ts'
import { checkEnvironment } from './environment.ts'
import { checkFileSizes } from './file-sizes.ts'
import { checkFolderNames } from './folder-names.ts'
import { checkLockfile } from './lockfile.ts'
import { checkPageLinks, type Page } from './page-links.ts'
import { checkPinnedVersions, type PackageFile } from './pinned-versions.ts'
import { checkReferencePages } from './reference-pages.ts'
import { runNode } from './run-node.ts'

const sources = () => readSources(repositoryRoot)

/** What `npm run check` runs, quick ones first. */
export const allChecks: readonly Check[] = [
  { name: 'types', run: () => runNode('node_modules/typescript/bin/tsc', ['--pretty', 'false']) },
  { name: 'format', run: () => runNode('node_modules/@biomejs/biome/bin/biome', ['ci', '--colors=off']) },
  { name: 'boundaries', run: checkBoundaries },
  { name: 'dead-code', run: () => runNode('node_modules/knip/bin/knip.js', ['--no-progress']) },
  // Any npm that came with Node 20 or later will do, so no packageManager is prescribed.
  {
    name: 'workspaces',
    run: () => runNode('node_modules/sherif/index.js', ['-r', 'root-package-manager-field']),
  },
  { name: 'versions', run: () => checkPinnedVersions(readPackages()) },
  {
    name: 'lockfile',
    run: () => checkLockfile(JSON.parse(readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8'))),
  },
  { name: 'folders', run: () => checkFolderNames(walkFiles(repositoryRoot)) },
  { name: 'sizes', run: () => checkFileSizes(sources()) },
  { name: 'environment', run: () => checkEnvironment(sources()) },
  { name: 'docblocks', run: () => checkDocblocks(sources()) },
  { name: 'links', run: () => checkPageLinks(readPages(), (path) => existsSync(join(repositoryRoot, path))) },
  { name: 'reference', run: checkReferencePages },
  { name: 'kernel', run: () => runNode('engine/media/kernel/build.ts', ['--check']) },
  { name: 'templates', run: () => runNode('templates/src/emit.ts', ['--check']) },
]

function readPackages(): PackageFile[] {
  return ['', ...listWorkspaces(repositoryRoot)].map((folder) => {
    const path = folder === '' ? 'package.json' : `${folder}/package.json`
    return { path, ...JSON.parse(readFileSync(join(repositoryRoot, path), 'utf8')) } as PackageFile
  })
}

function readPages(): Page[] {
  return walkFiles(repositoryRoot)
    .filter((path) => path.endsWith('.md'))
    .map((path) => ({ path, text: readFileSync(join(repositoryRoot, path), 'utf8') }))
}
