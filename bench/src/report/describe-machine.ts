import { arch, cpus, totalmem } from 'node:os'

/** What figures were taken on: a number is worth what this says. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGigabytes: number
  readonly node: string
  readonly arch: string
}

/** This machine. */
export function describeMachine(): Machine {
  const processors = cpus()
  return {
    cpu: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryGigabytes: Math.round(totalmem() / 1e9),
    node: process.version,
    arch: arch(),
  }
}

/** The first line of a page of figures. */
export function introduce(machine: Machine, date: string, command: string): string {
  const { cores, cpu, memoryGigabytes, node } = machine
  return `Measured on ${date} with \`${command}\`: ${cores} cores of ${cpu}, ${memoryGigabytes} GB, Node ${node.slice(1)}, ${machine.arch}.`
}
