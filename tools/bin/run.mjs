// Plain JavaScript, because a Node that is too old cannot read TypeScript and would say so in ten lines.
const [name, ...rest] = process.argv.slice(2)
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(
    `This needs Node 24 or later and found ${process.versions.node}; \`npm ci\` brings it along for \`npm ${name}\` on Linux and Windows.`,
  )
  process.exitCode = 1
} else {
  process.argv.splice(2, process.argv.length, ...rest)
  await import(`../src/${name}.ts`)
}
