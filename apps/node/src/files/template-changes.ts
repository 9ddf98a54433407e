import type { HeldTemplate } from '@flatrender/contracts/node'

/** Templates by content hash. */
export interface TemplateChanges {
  readonly gained: readonly HeldTemplate[]
  readonly dropped: readonly string[]
}

/** What was got and dropped since somebody heard of it. */
export interface ChangeLog {
  gain(template: HeldTemplate): void
  drop(contentHash: string): void
  take(): TemplateChanges
  /** Counts again what was taken, and nobody heard of. */
  restore(changes: TemplateChanges): void
}

/** Opens an empty log. Of one template only the last that happened counts. */
export function openChangeLog(): ChangeLog {
  let last = new Map<string, HeldTemplate | undefined>()
  return {
    gain: (template) => void last.set(template.contentHash, template),
    drop: (contentHash) => void last.set(contentHash, undefined),
    take() {
      const taken = [...last]
      last = new Map()
      return {
        gained: taken.flatMap(([, template]) => (template === undefined ? [] : [template])),
        dropped: taken.flatMap(([contentHash, template]) => (template === undefined ? [contentHash] : [])),
      }
    },
    restore({ gained, dropped }) {
      const before = new Map<string, HeldTemplate | undefined>(dropped.map((hash) => [hash, undefined]))
      for (const template of gained) before.set(template.contentHash, template)
      last = new Map([...before, ...last])
    },
  }
}
