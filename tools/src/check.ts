import { allChecks } from './checks/all-checks.ts'

// `npm run check [-- NAME…]`: everything about the repository that a test of one package cannot see.

/** Lines of one check's problems that are printed; the rest is counted. */
const MOST_LINES = 60

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !allChecks.some((check) => check.name === name))
if (unknown.length > 0) {
  console.error(
    `There is no check “${unknown.join(', ')}”; there are: ${allChecks.map((check) => check.name).join(', ')}.`,
  )
  process.exit(2)
}

const failed: string[] = []
for (const check of allChecks) {
  if (wanted.length > 0 && !wanted.includes(check.name)) continue
  const started = performance.now()
  const { problems, notes = [] } = await check.run()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${problems.length === 0 ? '✔' : '✖'} ${check.name} (${seconds} s)`)
  for (const line of [...notes, ...problems.slice(0, MOST_LINES)]) console.log(`    ${line}`)
  if (problems.length > MOST_LINES) console.log(`    … and ${problems.length - MOST_LINES} lines more`)
  if (problems.length > 0) failed.push(check.name)
}
console.log(failed.length === 0 ? 'Everything holds.' : `Does not hold: ${failed.join(', ')}.`)
if (failed.length > 0) process.exitCode = 1
