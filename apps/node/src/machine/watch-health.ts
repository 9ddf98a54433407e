import { statfs } from 'node:fs/promises'
import { freemem, totalmem } from 'node:os'
import type { NodeHealth } from '@flatrender/contracts/node'
import { loadBetween, readProcessorTimes } from './processor-load.ts'

/** Opens a look at how the machine fares; the load is that since the look before. */
export function watchHealth(home: string): () => Promise<NodeHealth> {
  let before = readProcessorTimes()
  return async () => {
    const now = readProcessorTimes()
    const cpuLoad = loadBetween(before, now)
    before = now
    const disk = await statfs(home)
    const memoryTotalBytes = totalmem()
    return {
      cpuLoad,
      memoryTotalBytes,
      memoryUsedBytes: Math.min(memoryTotalBytes, Math.max(0, memoryTotalBytes - freemem())),
      diskTotalBytes: disk.blocks * disk.bsize,
      diskUsedBytes: (disk.blocks - disk.bfree) * disk.bsize,
    }
  }
}
