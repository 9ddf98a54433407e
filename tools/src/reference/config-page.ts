import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { settingsSchema as commandSettings } from '@flatrender/cli'
import { settingsSchema as serverSettings } from '@flatrender/server'
import { type ZodObject, z } from 'zod'
import { repositoryRoot } from '../repository/repository-root.ts'
import { readComments } from './read-comments.ts'
import type { ReferencePage } from './reference-page.ts'

const intro = `# Settings

All settings are environment variables. What is not set has the value in the last column, or none. A value that cannot
be is refused at once, by its name.
`

/** Settings that both have. */
const STORAGE = 'platform/src/storage/storage-settings.ts'

/** The page of all settings; what each means stands beside it in the code. */
export function makeConfigPage(): ReferencePage {
  const server = describe('apps/server/src/settings.ts', serverSettings)
  const command = describe('apps/cli/src/settings.ts', commandSettings)
  const text = `${intro}\n## The server: \`npm start\`\n\n${server}\n## The command line: \`flatrender\`\n\n${command}`
  return { path: 'docs/reference/config.md', text }
}

function describe(source: string, schema: ZodObject): string {
  const [own, ofStorage] = [source, STORAGE].map((file) =>
    readComments(readFileSync(join(repositoryRoot, file), 'utf8')),
  )
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  const rows = Object.entries(properties).map(([name, property]) => {
    const usual = (property as { default?: unknown }).default
    return `| \`${name}\` | ${own!.get(`settings.${name}`) ?? ofStorage!.get(`storageSettings.${name}`) ?? ''} | ${usual === undefined ? '' : `\`${usual}\``} |`
  })
  return `| setting | what it decides | unless set |\n| --- | --- | --- |\n${rows.join('\n')}\n`
}
