// A thread of the render service: compiles what it is told, one after the other.
import { parentPort } from 'node:worker_threads'
import type { TemplatePackage } from '@flatrender/engine-scene'
import { listFailures } from '../renders/describe-fault.ts'
import { compileRender } from './compile-render.ts'
import type { CompileOrder, CompileReport } from './messages.ts'

const templates = new Map<string, TemplatePackage>()
let last = Promise.resolve()

parentPort!.on('message', ({ id, request, templateHash, template, forget }: CompileOrder) => {
  if (template !== undefined) templates.set(templateHash, template)
  const known = templates.get(templateHash)!
  for (const hash of forget) templates.delete(hash)
  last = last.then(async () => parentPort!.postMessage(await report(id, { ...request, template: known })))
})

async function report(id: number, request: Parameters<typeof compileRender>[0]): Promise<CompileReport> {
  try {
    return { id, compiled: await compileRender(request) }
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    const failures = listFailures(error).map(({ code, data }) => ({ code, data }))
    return { id, failures, bug: { message, stack } }
  }
}
