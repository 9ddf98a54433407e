/** A test file of the repository. */
export interface TestFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** Test files that one process runs, one after the other. */
export interface TestProcess {
  /** Of what it runs: a file, or the workspace of several. */
  readonly name: string
  readonly files: readonly string[]
}

/** Which process runs which files: the busy ones one at a time, the rest beside them, each list in its order. */
export interface RunPlan {
  readonly busy: readonly TestProcess[]
  readonly rest: readonly TestProcess[]
}

/**
 * Workspaces whose files may share a process, which is started and reads all our TypeScript once then: half a second of
 * a processor for each file, a third of what the pure ones take. The apps' tests start processes, and want one each.
 */
const SHARED =
  /^(contracts|database|engine\/\w+|platform|services\/\w+|templates|tools)(?=\/(?!src\/browser\/))/

/** A test that looks at its own process, or changes it for all, has one to itself. */
const LOOKS_AT_ITSELF =
  /process\.(env\.\w+ = |chdir|exit|kill|memoryUsage|on\(|pid|report|resourceUsage)|listChildren/

/** A whole installation that renders, or whose processes are killed: two of them at once would wait for each other. */
const BUSY = /\b(killHard|runNode|runGuide|runFarm|runChaos|runLoad)\b|FLATRENDER_NODE_WORKERS: '2'/

/** Files that take longest go first, for nothing must be left to wait for at the end. */
const LONG = [
  /^tools\/src\/browser\//,
  /^apps\/server\//,
  /render-starters/,
  /^apps\//,
  /^engine\//,
  /^services\//,
]

/** Says which files share a process, and in which order the processes are started. */
export function planRuns(files: readonly TestFile[]): RunPlan {
  const processes = new Map<string, { readonly texts: string[]; readonly files: string[] }>()
  for (const { path, text } of files) {
    const workspace = LOOKS_AT_ITSELF.test(text) ? undefined : SHARED.exec(path)?.[0]
    const name = workspace ?? path
    const process = processes.get(name) ?? { texts: [], files: [] }
    process.texts.push(text)
    process.files.push(path)
    processes.set(name, process)
  }
  const isBusy = ({ name, texts }: { readonly name: string; readonly texts: readonly string[] }) =>
    name.startsWith('apps/') && texts.some((text) => BUSY.test(text))
  const all = [...processes].map(([name, process]) => ({ name, ...process }))
  const place = ({ name }: TestProcess) => {
    const found = LONG.findIndex((pattern) => pattern.test(`${name}/`))
    return found < 0 ? LONG.length : found
  }
  const rest = all.filter((process) => !isBusy(process)).toSorted((a, b) => place(a) - place(b))
  const strip = ({ name, files }: TestProcess): TestProcess => ({ name, files })
  return { busy: all.filter(isBusy).map(strip), rest: rest.map(strip) }
}
