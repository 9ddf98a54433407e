import { readdir, readFile } from 'node:fs/promises'

/** Seconds of processor time, by who took them. */
export interface ProcessorTime {
  readonly postgres: number
  readonly server: number
  /** The simulated nodes. */
  readonly nodes: number
}

/** Whose time is looked at: process ids. */
export interface Processes {
  readonly postmaster: number
  readonly server: number
}

/** Ticks of a second in `/proc`: the same on every Linux that Node runs on. */
const TICKS = 100

/** What they took until now; zeros where the system doesn't tell. */
async function readProcessorTime({ postmaster, server }: Processes): Promise<ProcessorTime> {
  const own = process.cpuUsage()
  const nodes = (own.user + own.system) / 1e6
  if (process.platform !== 'linux') return { postgres: 0, server: 0, nodes }
  const all = await listProcesses()
  const seconds = (pid: number) => all.find((one) => one.pid === pid)?.seconds ?? 0
  const backends = all.filter(({ parent }) => parent === postmaster)
  const past = all.find(({ pid }) => pid === postmaster)?.pastSeconds ?? 0
  const postgres = backends.reduce((sum, one) => sum + one.seconds, seconds(postmaster) + past)
  return { postgres, server: seconds(server), nodes }
}

/** Begins to count; what it gives says how much was taken since, a part of it for each of so many. */
export type Stopwatch = () => Promise<(parts?: number) => Promise<ProcessorTime>>

/** Opens it for processes of this machine. */
export function openStopwatch(processes: Processes): Stopwatch {
  return async () => {
    const before = await readProcessorTime(processes)
    return async (parts = 1) => {
      const after = await readProcessorTime(processes)
      const taken = (who: keyof ProcessorTime) => (after[who] - before[who]) / parts
      return { postgres: taken('postgres'), server: taken('server'), nodes: taken('nodes') }
    }
  }
}

async function listProcesses() {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(names.map((name) => readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')))
  return found.flatMap((text, index) => {
    // Behind the name, which may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    if (fields.length < 15) return []
    const [parent, user, system, userOfPast, systemOfPast] = [1, 11, 12, 13, 14].map((at) =>
      Number(fields[at]),
    ) as [number, number, number, number, number]
    return [
      {
        pid: Number(names[index]),
        parent,
        seconds: (user + system) / TICKS,
        /** Of its children that have ended. */
        pastSeconds: (userOfPast + systemOfPast) / TICKS,
      },
    ]
  })
}
