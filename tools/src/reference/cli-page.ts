import type { Command } from 'commander'

const intro = `# The command line

Run it as \`npx flatrender …\` in the repository. This is what \`--help\` prints for every command.

| exit code | means |
|---|---|
| 0 | done |
| 1 | failed: the machine's, or a bug of ours |
| 2 | something in your input is wrong; the message says what and where |
| 130 | cancelled by Ctrl-C |

Errors are listed in [errors.md](errors.md). Results go to standard output, everything about the work to standard
error; with \`--json\` both are JSON lines.
`

/** Columns of the help in the page, whatever terminal writes it. */
const WIDTH = 100

/** The page of all commands, from the program that parses them. */
export function writeCliPage(program: Command): string {
  const sections = listCommands(program).map((command) => {
    const level = command === program ? '##' : '###'
    return `${level} ${fullName(command)}\n\n\`\`\`\n${printHelp(command)}\n\`\`\`\n`
  })
  return `${intro}\n${sections.join('\n')}`
}

function listCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(listCommands)]
}

function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`
}

function printHelp(command: Command): string {
  let printed = ''
  command.configureOutput({
    writeOut: (text) => {
      printed += text
    },
    getOutHelpWidth: () => WIDTH,
    getOutHasColors: () => false,
  })
  command.outputHelp()
  return printed.trimEnd()
}
