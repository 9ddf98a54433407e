import { z } from 'zod'
import { serviceNames, settingsSchema } from './settings.ts'

/** What `npm start -- --help` prints: the options, and every setting with its value unless set. */
export function writeHelp(): string {
  const { properties = {} } = z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' })
  const width = Math.max(...Object.keys(properties).map((name) => name.length))
  const lines = Object.entries(properties).map(([name, property]) => {
    const usual = (property as { default?: unknown }).default
    return usual === undefined ? `  ${name}` : `  ${name.padEnd(width)}  ${usual}`
  })
  return `Usage: npm start [-- OPTION…]

Starts FlatRender's services in this process, until Ctrl-C.

Options:
  --services=NAMES  those of ${serviceNames.join(',')} that this process hosts; all without it
  --help            shows this

Settings are environment variables, with what they are unless set:
${lines.join('\n')}

What each decides stands in docs/reference/config.md.
`
}
