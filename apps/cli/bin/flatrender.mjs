#!/usr/bin/env node
// Plain JavaScript, so that an old Node can say in one sentence what it lacks.
const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 24) {
  process.stderr.write(
    `flatrender needs Node 24 and this is Node ${process.versions.node}; run it with npx or npm run, which bring their own.\n`,
  )
  process.exit(1)
}
const { main } = await import('../src/main.ts')
await main(process.argv)
