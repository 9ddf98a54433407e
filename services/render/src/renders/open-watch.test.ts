import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWatch, type WatchTerms } from './open-watch.ts'
import type { RenderName } from './render-name.ts'
import type { SeenRender } from './seen-render.ts'

const watchRenders = (terms: Omit<WatchTerms<RenderName>, 'idOf'>) =>
  openWatch<RenderName, SeenRender>({ idOf: ({ renderId }) => renderId, ...terms })
const nameOf = (renderId: string): RenderName => ({ tenantId: 'one', renderId })
const seen = (renderId: string) => [renderId, { owner_id: renderId } as SeenRender] as const

test('however many watch, of however many renders, one look serves all of them', async () => {
  const watch = watchRenders({ pause: 1 })
  const looks: (readonly RenderName[])[] = []
  const look = async (names: readonly RenderName[]) => {
    looks.push(names)
    return new Map(names.filter(({ renderId }) => renderId !== 'gone').map(({ renderId }) => seen(renderId)))
  }
  const who = ['a', 'b', 'a', 'gone', 'b', 'a']
  const sights = await Promise.all(who.map((id) => watch.next(nameOf(id), look, undefined)))
  assert.deepEqual(looks, [['a', 'b', 'gone'].map(nameOf)])
  assert.deepEqual(
    sights.map((sight) => (typeof sight === 'string' ? sight : sight.owner_id)),
    ['a', 'b', 'a', 'unknown', 'b', 'a'],
  )
  await watch.next(nameOf('a'), look, undefined)
  assert.equal(looks.length, 2)
})

test('who comes while a look takes long gets the next one; who leaves is not looked for', async () => {
  const watch = watchRenders({ pause: 1 })
  const looks: string[] = []
  let second: Promise<unknown> | undefined
  const leave = new AbortController()
  const look = async (names: readonly RenderName[]) => {
    looks.push(names.map(({ renderId }) => renderId).join())
    if (looks.length === 1) {
      second = watch.next(nameOf('late'), look, undefined)
      const left = watch.next(nameOf('leaving'), look, leave.signal)
      leave.abort()
      assert.equal(await left, 'over')
    }
    return new Map<string, SeenRender>()
  }
  await watch.next(nameOf('first'), look, undefined)
  await second
  assert.deepEqual(looks, ['first', 'late'])
})

test('a look that fails fails for all, and the next may go well; once closed nobody is left waiting', async () => {
  const watch = watchRenders({ pause: 1 })
  const lost = async () => {
    throw new Error('lost')
  }
  const failing = [watch.next(nameOf('a'), lost, undefined), watch.next(nameOf('b'), lost, undefined)]
  for (const one of failing) await assert.rejects(one, /lost/)
  const look = async () => new Map([seen('a')])
  assert.notEqual(await watch.next(nameOf('a'), look, undefined), 'over')
  const last = watch.next(nameOf('a'), look, undefined)
  watch.close()
  assert.deepEqual([await last, await watch.next(nameOf('a'), look, undefined)], ['over', 'over'])
})

test('a render that moves is looked at then, with no other; also if it moved between two looks', async () => {
  let ring = (_renderId?: string) => {}
  const listen = (heard: typeof ring) => {
    ring = heard
    return { close: async () => {} }
  }
  const watch = watchRenders({ listen, pause: 1e6 })
  const looks: string[] = []
  const look = async (names: readonly RenderName[]) => {
    looks.push(names.map(({ renderId }) => renderId).join())
    return new Map(names.map(({ renderId }) => seen(renderId)))
  }
  const other = watch.next(nameOf('b'), look, undefined)
  const moving = watch.next(nameOf('a'), look, undefined)
  ring('a')
  await moving
  ring('a')
  await watch.next(nameOf('a'), look, undefined)
  assert.deepEqual(looks, ['a', 'a'])
  const waiting = watch.next(nameOf('a'), look, undefined)
  // The bell was cut for a while.
  ring()
  await Promise.all([other, waiting])
  assert.deepEqual(looks, ['a', 'a', 'b,a'])
  await watch.close()
})
