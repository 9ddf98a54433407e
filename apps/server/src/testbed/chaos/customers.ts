import { setTimeout } from 'node:timers/promises'
import { type Answer, type Api, openApi } from '../api-client.ts'
import type { Dice } from './open-dice.ts'

/** What a render was asked to be. */
export interface Wish {
  readonly template: string
  readonly modifications: object
  readonly output: { readonly container: 'mp4'; readonly resolution: string; readonly quality: 'draft' }
}

/** A render that was accepted: it has to end rightly, whatever happens. */
export interface Accepted {
  readonly id: string
  readonly tenant: string
  readonly wish: Wish
  /** Did its customer ask to end it? Then both ends are right. */
  cancelled: boolean
}

/** People of a tenant who render, cancel, edit and render again. */
export interface Customer {
  readonly tenant: string
  /** Does one thing. Nothing happens where the server isn't there. */
  act(): Promise<void>
  /** Asks the API as this customer; logs in anew where that is needed. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
}

/** Words are few, so that customers meet in the cache. */
const WORDS = ['Enough', 'Begin', 'Carefully', 'کافی است', 'آغاز کن', 'Patience']
const RESOLUTIONS = ['144p', '180p']
const PASSWORD = 'under the old bridge'

function dream(dice: Dice): Wish {
  const say = () => dice.pick(WORDS)
  const scenes = [
    { scene: 'word', modifications: { word: say() } },
    { scene: 'split', modifications: { upper: say(), lower: say() } },
    { scene: 'open', modifications: { title: say(), topic: say() } },
  ].slice(0, 1 + dice.below(3))
  return {
    template: 'kinetic-quote',
    modifications: { scenes },
    output: { container: 'mp4', resolution: dice.pick(RESOLUTIONS), quality: 'draft' },
  }
}

/** The same with other words in one place. */
function edit(wish: Wish, dice: Dice): Wish {
  const { scenes } = wish.modifications as { scenes: { scene: string; modifications: object }[] }
  const at = dice.below(scenes.length)
  const changed = scenes.map((scene, index) =>
    index !== at
      ? scene
      : {
          ...scene,
          modifications: Object.fromEntries(
            Object.keys(scene.modifications).map((slot) => [slot, dice.pick(WORDS)]),
          ),
        },
  )
  return { ...wish, modifications: { scenes: changed } }
}

/** Where customers work, and until when. */
interface CustomerOptions {
  readonly url: () => string
  /** Access token of the installation's owner. */
  readonly owner: string
  readonly dice: Dice
  /** Takes what was accepted. */
  readonly ledger: Accepted[]
  /** Nothing is tried again from then on. */
  readonly over: AbortSignal
}

/** Makes a tenant with credits, whose owner renders. */
export async function makeCustomer(
  slug: string,
  { url, owner, dice, ledger, over }: CustomerOptions,
): Promise<Customer> {
  const api: Api = (...words) => openApi(url())(...words)
  const email = `${slug}@example.com`
  const made = await api('POST', '/tenants', {
    token: owner,
    body: { kind: 'customer', slug, name: slug, owner: { email, password: PASSWORD } },
  })
  if (made.status !== 201) throw new Error(`no tenant was made: ${JSON.stringify(made.body)}`)
  const granted = await api('POST', '/credits/grants', {
    token: owner,
    body: { accountId: made.body.id, amount: 1_000_000, reference: `chaos ${slug}` },
  })
  if (granted.status !== 201) throw new Error(`no credits were granted: ${JSON.stringify(granted.body)}`)
  let token: string | undefined
  const logIn = async () => {
    const headers = { 'x-tenant': slug }
    const answer = await api('POST', '/auth/login', { body: { email, password: PASSWORD }, headers })
    token = answer.body?.accessToken
  }
  const ask: Customer['ask'] = async (method, path, body, headers = {}) => {
    if (token === undefined) await logIn()
    const answer = await api(method, path, { token, headers, ...(body !== undefined && { body }) })
    if (answer.status === 401) token = undefined
    return answer
  }
  let key = 0
  /** Sends it until somebody answers: what may have been accepted is asked for again by its key. */
  const submit = async (wish: Wish) => {
    const headers = { 'idempotency-key': `${slug}-${key++}` }
    while (!over.aborted) {
      const answer = await ask('POST', '/renders', wish, headers).catch(() => undefined)
      if (answer?.status === 202)
        return void ledger.push({ id: answer.body.id, tenant: slug, wish, cancelled: false })
      if (answer !== undefined && answer.status < 500 && ![401, 409, 429].includes(answer.status))
        throw new Error(`a render was refused: ${answer.status} ${JSON.stringify(answer.body)}`)
      await setTimeout(200)
    }
  }
  return {
    tenant: slug,
    ask,
    async act() {
      const own = ledger.filter(({ tenant }) => tenant === slug)
      const throwOf = dice.below(10)
      if (own.length === 0 || throwOf < 5) return submit(dream(dice))
      const chosen = dice.pick(own)
      if (throwOf < 8) return submit(edit(chosen.wish, dice))
      chosen.cancelled = true
      await ask('POST', `/renders/${chosen.id}/cancel`).catch(() => undefined)
    },
  }
}
