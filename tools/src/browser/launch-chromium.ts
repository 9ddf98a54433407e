import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { isChromiumPacked, unpackChromium } from './unpack-chromium.ts'

const INSTALLED = '/usr/bin/chromium'

/** What a test needs: no sandbox (tests may run as root), no graphics card, nothing said to anybody outside. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Why no Chromium can be started here; undefined if one can. */
export const chromiumMissing =
  isChromiumPacked || findOwn() !== undefined
    ? undefined
    : 'npm brings a Chromium for Linux on x64 alone: name yours in CHROMIUM_PATH'

/**
 * Starts a headless Chromium: the one that `CHROMIUM_PATH` names, the installed one, or the one that npm brought.
 * Close it.
 */
export async function launchChromium(): Promise<Browser> {
  const own = findOwn()
  if (own !== undefined) return chromium.launch({ executablePath: own, args: ARGUMENTS })
  const { program, libraries, fonts } = await unpackChromium()
  const env = { ...definedOnly(process.env), LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: fonts }
  return chromium.launch({ executablePath: program, args: ARGUMENTS, env })
}

function findOwn(): string | undefined {
  return process.env.CHROMIUM_PATH || (existsSync(INSTALLED) ? INSTALLED : undefined)
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
