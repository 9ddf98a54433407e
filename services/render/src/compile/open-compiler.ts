import { Worker } from 'node:worker_threads'
import { type ErrorCode, type ErrorData, FlatRenderError } from '@flatrender/contracts/errors'
import type { CompiledRender, CompiledRequest } from './compile-render.ts'
import type { CompileOrder, CompileReport } from './messages.ts'

/** Compiles beside the thread that answers requests, which a long story would hold up for seconds. */
export interface Compiler {
  /** Errors: those of `compileRender`; an Error where the thread died. */
  compile(request: CompiledRequest): Promise<CompiledRender>
  close(): Promise<void>
}

/** How many templates the thread keeps at hand. */
const KEPT = 16

/** Opens a compiler; its thread begins with the first request, and again after its death. */
export function openCompiler(): Compiler {
  let thread: CompilerThread | undefined
  return {
    compile(request) {
      thread ??= startThread(() => {
        thread = undefined
      })
      return thread.compile(request)
    },
    async close() {
      await thread?.close()
    },
  }
}

type CompilerThread = Compiler

interface Waiting {
  readonly resolve: (compiled: CompiledRender) => void
  readonly reject: (error: unknown) => void
}

function startThread(onEnd: () => void): CompilerThread {
  const worker = new Worker(new URL('./compile-thread.ts', import.meta.url))
  const waiting = new Map<number, Waiting>()
  const known = new Set<string>()
  let nextId = 1
  let death = new Error('the compiler’s thread has ended')
  worker.on('message', (report: CompileReport) => {
    const one = waiting.get(report.id)!
    waiting.delete(report.id)
    if (waiting.size === 0) worker.unref()
    if ('compiled' in report) one.resolve(report.compiled)
    else one.reject(revive(report))
  })
  worker.on('error', (error) => {
    death = error as Error
  })
  worker.on('exit', () => {
    onEnd()
    for (const { reject } of waiting.values()) reject(death)
    waiting.clear()
  })

  // It keeps the process alive only while somebody waits; after the listeners, since adding one counts as waiting.
  worker.unref()

  /** Which template goes along with an order, and which are let go of: the least recently used. */
  const introduce = (template: CompiledRequest['template']): Pick<CompileOrder, 'template' | 'forget'> => {
    const { hash } = template
    const isNew = !known.delete(hash)
    known.add(hash)
    const forget = [...known].slice(0, Math.max(0, known.size - KEPT))
    for (const one of forget) known.delete(one)
    return { ...(isNew && { template }), forget }
  }

  return {
    compile({ template, ...request }) {
      const id = nextId++
      return new Promise((resolve, reject) => {
        const order = { id, request, templateHash: template.hash, ...introduce(template) }
        waiting.set(id, { resolve, reject })
        worker.ref()
        worker.postMessage(order satisfies CompileOrder)
      })
    },
    close: async () => void (await worker.terminate()),
  }
}

function revive({ failures, bug }: Extract<CompileReport, { failures: unknown }>): Error {
  const errors = failures.map(({ code, data }) => new FlatRenderError(code as ErrorCode, data as ErrorData))
  if (errors.length > 1) return new AggregateError(errors, bug.message)
  if (errors[0] !== undefined) return errors[0]
  const error = new Error(bug.message)
  if (bug.stack !== undefined) error.stack = bug.stack
  return error
}
