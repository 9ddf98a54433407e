/** Hears in sentences what a node does. */
export interface NodeLog {
  info(words: string): void
  warn(words: string): void
}
