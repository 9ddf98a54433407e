import { randomUUID } from 'node:crypto'
import { copyFile, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { engineBuild } from '../plan/engine-build.ts'
import type { WorkOrder } from '../work/work.ts'
import type { WorkerCrash } from './worker-crash.ts'

/**
 * Keeps what reproduces a crash: the order, the compiled Lottie if there is one, how the worker ended. Gives the
 * record's folder.
 */
export async function recordCrash(crash: WorkerCrash, crashes: string): Promise<string> {
  const folder = path.join(
    crashes,
    `${new Date().toISOString().replace(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}`,
  )
  await mkdir(folder, { recursive: true })
  const record = { ...crash, engine: engineBuild(), order: await keepLottie(crash.order, folder) }
  await writeFileAtomically(path.join(folder, 'crash.json'), `${JSON.stringify(record, null, 2)}\n`)
  return folder
}

async function keepLottie(order: WorkOrder, folder: string): Promise<WorkOrder> {
  if (!('lottieFile' in order)) return order
  const lottieFile = path.join(folder, 'lottie.json')
  await copyFile(order.lottieFile, lottieFile)
  return { ...order, lottieFile }
}
