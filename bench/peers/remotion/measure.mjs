// Renders 60 frames of a Lottie file, `rounds` times, and prints the seconds of each as JSON. Bundling and the
// browser's start are not counted.
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { bundle } from '@remotion/bundler'
import { openBrowser, renderMedia, selectComposition } from '@remotion/renderer'

const [lottieFile, browserExecutable, rounds, concurrency] = process.argv.slice(2)
const animation = JSON.parse(await readFile(lottieFile, 'utf8'))
const serveUrl = await bundle({ entryPoint: path.join(import.meta.dirname, 'entry.jsx') })
const chromiumOptions = { headless: true, disableWebSecurity: false }
const browser = await openBrowser('chrome', { browserExecutable, chromiumOptions })
const inputProps = { animation }
const common = { serveUrl, inputProps, puppeteerInstance: browser, browserExecutable, logLevel: 'error' }
const composition = await selectComposition({ ...common, id: 'animation' })
const seconds = []
for (let round = 0; round <= Number(rounds); round++) {
  const begun = performance.now()
  await renderMedia({
    ...common,
    composition,
    codec: 'h264',
    crf: 20,
    x264Preset: 'veryfast',
    concurrency: Number(concurrency),
    muted: true,
    outputLocation: path.join(tmpdir(), `remotion-${process.pid}.mp4`),
  })
  // The first round warms up.
  if (round > 0) seconds.push((performance.now() - begun) / 1000)
}
process.stdout.write(`${JSON.stringify({ seconds })}\n`)
await browser.close({ silent: true })
process.exit(0)
