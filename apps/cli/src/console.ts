import { createInterface } from 'node:readline/promises'

/** Where a command writes, and how. The program hands it to every command; tests hand in their own. */
export interface Console {
  /** Results, for pipes. */
  print(text: string): void
  /** Everything about the work: progress, notes, errors. */
  note(text: string): void
  /** Overwrites one line of the terminal; nothing elsewhere. */
  status(text: string): void
  /** Is a person watching? */
  readonly terminal: boolean
  readonly columns: number
  /** Puts a question to the person at the terminal; undefined where nobody is. */
  ask(question: string): Promise<string | undefined>
}

/** The process's own input and output. */
export function openConsole(
  stdin: NodeJS.ReadStream,
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
): Console {
  let shown = false
  const clear = () => {
    if (shown) stderr.write('\r\u001b[K')
    shown = false
  }
  return {
    print(text) {
      clear()
      stdout.write(`${text}\n`)
    },
    note(text) {
      clear()
      stderr.write(`${text}\n`)
    },
    status(text) {
      if (!stderr.isTTY) return
      stderr.write(`\r\u001b[K${text}`)
      shown = text !== ''
    },
    terminal: stderr.isTTY === true,
    columns: stderr.columns || 80,
    async ask(question) {
      if (!stdin.isTTY) return undefined
      const dialogue = createInterface({ input: stdin, output: stderr })
      try {
        return await dialogue.question(question)
      } finally {
        dialogue.close()
      }
    },
  }
}
