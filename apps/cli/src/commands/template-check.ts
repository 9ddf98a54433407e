import { checkTemplate, loadTemplate } from '@flatrender/engine-render'
import type { Command } from 'commander'
import { openEngine } from '../engine.ts'
import { exitCodes } from '../exit-code.ts'
import { formatFinding } from '../output/format-finding.ts'
import type { Session } from '../session.ts'

/** `flatrender template check`: what would not be painted as designed. */
export function addCheckCommand(template: Command, session: Session): void {
  template
    .command('check <template>')
    .description(
      'Say what of a template would not be painted as designed, and what to do. Exits 2 if there are errors.',
    )
    .option('--json', 'findings as JSON lines')
    .addHelpText('after', '\nExample:\n  flatrender template check templates/product-promo')
    .action((location: string, options: { json?: boolean }) => runCheck(location, options, session))
}

async function runCheck(location: string, { json }: { json?: boolean }, session: Session): Promise<void> {
  const { console } = session
  const engine = await openEngine(session, { lazy: true })
  const findings = await checkTemplate(await loadTemplate(location), engine).finally(engine.close)
  for (const finding of findings) {
    if (json === true) console.print(JSON.stringify({ type: 'finding', ...finding }))
    else console.print(formatFinding(finding))
  }
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  if (json !== true) console.note(`${location}: ${errors} errors, ${warnings} warnings`)
  if (errors > 0) process.exitCode = exitCodes.input
}
