import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { launchChromium } from './launch-chromium.ts'

/** A page in a Chromium that has a security key, which touches itself. */
export interface LoginPage {
  /** Of the page: `http://localhost:…`. */
  readonly origin: string
  /** `navigator.credentials.create` with what the API answered; gives what the API takes. */
  create(options: unknown): Promise<unknown>
  /** `navigator.credentials.get`, likewise. */
  get(options: unknown): Promise<unknown>
  close(): Promise<void>
}

/** Opens an empty page of this machine in a new Chromium, and plugs a virtual authenticator in. */
export async function openLoginPage(): Promise<LoginPage> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>Log in</title>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const origin = `http://localhost:${port}`
  const browser = await launchChromium().catch((error: unknown) => {
    server.close()
    throw error
  })
  const close = async () => {
    await browser.close()
    server.close()
  }
  try {
    const page = await browser.newPage()
    await page.goto(`${origin}/`)
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'usb', automaticPresenceSimulation: true },
    })
    // As text: Node's types know no browser.
    const ask = (verb: 'create' | 'get', parse: string, options: unknown): Promise<unknown> =>
      page.evaluate(`(async () => {
        const publicKey = PublicKeyCredential.${parse}(${JSON.stringify(options)})
        return (await navigator.credentials.${verb}({ publicKey })).toJSON()
      })()`)
    return {
      origin,
      create: (options) => ask('create', 'parseCreationOptionsFromJSON', options),
      get: (options) => ask('get', 'parseRequestOptionsFromJSON', options),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
