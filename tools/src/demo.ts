import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { runInherited } from './process/run-inherited.ts'
import { repositoryRoot } from './repository/repository-root.ts'

// `npm run demo [-- --data FILE …]`: renders a starter template with its sample data, as a first look.

// The command line creates no folders for its output; here the folder is ours, and may always be made.
mkdirSync(join(repositoryRoot, 'out'), { recursive: true })

const template = 'templates/product-promo'
const words = ['render', template, '--data', `${template}/data/en.json`, '-o', 'out/product-promo.mp4']
process.exitCode = await runInherited(['apps/cli/bin/flatrender.mjs', ...words, ...process.argv.slice(2)])
