import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { WorkerOrder, WorkerReport } from './messages.ts'

/**
 * Left alone, glibc gives a frame's 8 MB back to the system when it is freed, and an encoder's 12 MB blocks as well, and
 * faults all pages in again for the next: up to 20 ms a frame, and 150 ms a segment. These keep freed memory in the
 * process, in huge pages where the kernel has them: a tenth of a render's processor time together. What is kept fits
 * less and less; the pool replaces a worker that has grown.
 */
const ALLOCATOR = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '32000000',
  MALLOC_TRIM_THRESHOLD_: '17179869184',
  GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
  MIMALLOC_PURGE_DELAY: '-1',
}

/** SVT-AV1 writes its settings to stderr whatever FFmpeg's log level is. */
const QUIET = { SVT_LOG: '0' }

/** How long after its end a process's last words are waited for, milliseconds. */
const LAST_WORDS = 250

/** Lines of a worker's stderr that are kept for a crash record. */
const LAST_LINES = 20

/** How a process ended. */
export interface WorkerExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly lastLines: readonly string[]
}

/** A running worker, as its pool sees it. */
export interface WorkerProcess {
  readonly pid: number
  send(order: WorkerOrder): void
  /** Ends it at once; resolved when it is gone. */
  kill(): Promise<void>
  /** Resident size now, bytes; undefined where the system doesn't tell. */
  rss(): number | undefined
}

/** What a pool hears of a worker. */
export interface WorkerEvents {
  onReport(report: WorkerReport): void
  onExit(exit: WorkerExit): void
}

/** Starts a worker. `environment` is what it inherits beside the allocator's settings. */
export function startWorkerProcess(environment: NodeJS.ProcessEnv, events: WorkerEvents): WorkerProcess {
  const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), [], {
    env: { ...environment, ...ALLOCATOR, ...QUIET },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Ours may be a debugger's port or a test runner's flags: nothing for workers.
    execArgv: [],
  })
  const lines = keepLastLines(child)
  child.on('message', (report) => events.onReport(report as WorkerReport))
  const gone = awaitEnd(child, ({ code, signal }, error) => {
    const said = error === undefined ? lines() : [error.message]
    events.onExit({ code, signal, lastLines: said })
  })
  return {
    pid: child.pid ?? 0,
    send: (order) => {
      // A worker that just died reports it by its exit; the order goes to another then.
      if (child.connected) child.send(order, () => {})
    },
    kill() {
      child.kill('SIGKILL')
      return gone
    },
    rss: () => readRss(child.pid),
  }
}

type End = Pick<WorkerExit, 'code' | 'signal'>

/** Calls back once, whether the process ended or could not even be started; resolved when it is gone. */
function awaitEnd(child: ChildProcess, onEnd: (end: End, error?: Error) => void): Promise<void> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      if (child.pid !== undefined) return void child.kill('SIGKILL')
      resolve()
      onEnd({ code: null, signal: null }, error)
    })
    child.once('exit', (code, signal) => {
      resolve()
      // Reports and stderr may still be on their way.
      const tell = () => {
        clearTimeout(late)
        child.off('close', tell)
        onEnd({ code, signal })
      }
      const late = setTimeout(tell, LAST_WORDS)
      child.once('close', tell)
    })
  })
}

function keepLastLines(child: ChildProcess): () => readonly string[] {
  let text = ''
  child.stderr?.setEncoding('utf8')
  child.stderr?.on('data', (chunk: string) => {
    text = (text + chunk).slice(-16_384)
  })
  return () => text.trimEnd().split('\n').slice(-LAST_LINES)
}

function readRss(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux' || pid === undefined) return undefined
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096
  } catch {
    // It ended between two looks.
    return undefined
  }
}
