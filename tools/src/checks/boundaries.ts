import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { listWorkspaces } from '../repository/list-workspaces.ts'
import { repositoryRoot } from '../repository/repository-root.ts'
import type { Verdict } from './check.ts'

/**
 * dependency-cruiser cannot read TypeScript 7 by itself; without @swc/core it sees nothing and passes. So it must
 * have seen at least this many modules, and imports between them: far fewer means that it went blind.
 */
const FEWEST_MODULES = 300
const FEWEST_IMPORTS = 1000

interface Report {
  readonly summary: {
    readonly totalCruised: number
    readonly totalDependenciesCruised: number
    readonly violations: readonly Violation[]
  }
}

interface Violation {
  readonly from: string
  readonly to: string
  readonly rule: { readonly name: string }
  readonly cycle?: readonly { readonly name: string }[]
  readonly comment?: string
}

/** Runs dependency-cruiser over all workspaces with the rules of `.dependency-cruiser.cjs`. */
export function checkBoundaries(): Verdict {
  const program = join('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs')
  const args = [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json']
  const run = spawnSync(process.execPath, [...args, ...listWorkspaces(repositoryRoot)], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (!run.stdout.startsWith('{')) return { problems: `${run.stdout}${run.stderr}`.split('\n') }
  return judgeReport(JSON.parse(run.stdout) as Report)
}

/** Turns dependency-cruiser's report into problems; a report of too few modules is one itself. */
export function judgeReport({ summary }: Report): Verdict {
  const seen = `${summary.totalCruised} modules and ${summary.totalDependenciesCruised} imports seen`
  const blind = summary.totalCruised < FEWEST_MODULES || summary.totalDependenciesCruised < FEWEST_IMPORTS
  const problems = summary.violations.map((violation) => {
    const way = violation.cycle
      ? [violation.from, ...violation.cycle.map((step) => step.name)].join(' → ')
      : `${violation.from} → ${violation.to}`
    return `${violation.rule.name}: ${way}`
  })
  return {
    problems: blind ? [`${seen}: too few, so the rules were not really checked`, ...problems] : problems,
    notes: [seen],
  }
}
