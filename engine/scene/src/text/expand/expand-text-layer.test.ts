import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evaluateScalar } from '../../lottie/evaluate-property.ts'
import type { Layer, Property, Shape, TextAnimator, TextDocument } from '../../lottie/lottie-json.ts'
import { openFallbacks } from '../corpus/open-corpus.ts'
import { createFontResolver } from './create-font-resolver.ts'
import { expandTextLayer } from './expand-text-layer.ts'
import type { TextExpansionContext } from './text-expansion.ts'

const fallbacks = await openFallbacks([{ id: '', text: 'Hello world office سلام دنیا' }])
const list = [{ fName: 'Sans-Bold', fFamily: 'Noto-Sans', fStyle: 'Bold' }]
const context: TextExpansionContext = {
  resolveFont: createFontResolver({ list, fonts: [], fallbacks }),
  ip: 0,
  op: 60,
  path: 'Card/Title',
}

function textLayer(document: Partial<TextDocument>, animators: TextAnimator[] = []): Layer {
  return {
    ty: 5,
    nm: 'Title',
    ind: 4,
    parent: 2,
    tt: 1,
    ip: 0,
    op: 60,
    st: 0,
    ks: { p: { a: 0, k: [10, 20] } },
    hasMask: true,
    masksProperties: [],
    t: {
      d: { k: [{ t: 0, s: { s: 50, f: 'Sans-Bold', t: 'Hello', fc: [1, 0, 0], ...document } }] },
      a: animators,
    },
  }
}

/** Fades letters in from nothing, one after the other, in the first 40 frames. */
const fadeIn: TextAnimator = {
  s: {
    t: 0,
    r: 1,
    b: 1,
    sh: 1,
    sm: { a: 0, k: 0 },
    s: {
      a: 1,
      k: [
        { t: 0, s: [0] },
        { t: 40, s: [100] },
      ],
    },
    e: { a: 0, k: 100 },
  },
  a: { o: { a: 0, k: 0 } },
}

function groupsOf(layer: Layer): Shape[] {
  return [...((layer.shapes ?? []) as Shape[])].reverse()
}

function opacityAt(group: Shape, frame: number): number {
  const transform = group.it?.at(-1) as Shape & { o: Property }
  return evaluateScalar(transform.o, frame, 100)
}

test('puts a shape layer in the text layer’s place', () => {
  const source = textLayer({})
  const before = structuredClone(source)
  const { layer, reports, findings } = expandTextLayer(source, context)
  assert.deepEqual(source, before)
  const { shapes, ...rest } = layer
  const { t: _, ...expected } = source
  assert.deepEqual(rest, { ...expected, ty: 4 })
  assert.equal(shapes?.length, 1)
  const types = groupsOf(layer)[0]?.it?.map(({ ty }) => ty)
  assert.deepEqual([...new Set(types)], ['sh', 'fl', 'tr'])
  assert.equal(reports[0]?.layout.fits, 'fits')
  assert.deepEqual(
    findings.map(({ code }) => code),
    ['FONT_NOT_IN_TEMPLATE'],
  )
})

test('letters move in reading order, in Persian too, and joined ones together', () => {
  for (const [t, count] of [
    ['Hello', 5],
    ['سلام دنیا', 4],
  ] as const) {
    const { layer } = expandTextLayer(textLayer({ t }, [fadeIn]), context)
    const groups = groupsOf(layer)
    assert.equal(groups.length, count)
    const opacities = groups.map((group) => opacityAt(group, 20))
    assert.deepEqual(
      [...opacities].sort((a, b) => b - a),
      opacities,
    )
    assert.equal(opacityAt(groups[0] as Shape, 20), 100)
    assert.equal(opacityAt(groups.at(-1) as Shape, 20), 0)
    for (const group of groups) assert.equal(opacityAt(group, 40), 100)
  }
})

test('letters that are painted alike share one path and one fill', () => {
  const recolour: TextAnimator = { s: { s: { k: 0 }, e: { k: 100 } }, a: { fc: { a: 0, k: [0, 0, 1, 1] } } }
  const { layer } = expandTextLayer(textLayer({ t: 'Hello world' }, [recolour]), context)
  assert.equal(layer.shapes?.length, 1)
  const fill = groupsOf(layer)[0]?.it?.find(({ ty }) => ty === 'fl') as Shape & { c: Property }
  assert.deepEqual(fill.c, { a: 0, k: [0, 0, 1, 1] })
})

test('documents follow each other', () => {
  const layer = textLayer({})
  layer.t?.d.k.push({ t: 30, s: { s: 50, f: 'Sans-Bold', t: 'world', fc: [1, 0, 0] } })
  const expanded = expandTextLayer(layer, context)
  assert.deepEqual(
    expanded.reports.map(({ from, to }) => [from, to]),
    [
      [0, 30],
      [30, 60],
    ],
  )
  const [first, second] = (expanded.layer.shapes ?? []) as [Shape, Shape]
  assert.deepEqual([opacityAt(first, 29), opacityAt(second, 29)], [100, 0])
  assert.deepEqual([opacityAt(first, 30), opacityAt(second, 30)], [0, 100])
})

test('tells what is painted when', () => {
  const { reports } = expandTextLayer(textLayer({}, [fadeIn]), context)
  assert.equal(reports[0]?.stateAt(0).box, undefined)
  const half = reports[0]?.stateAt(20).box
  const whole = reports[0]?.stateAt(50).box
  assert.ok((half?.width ?? 0) > 0 && (half?.width ?? 0) < (whole?.width ?? 0))
})

test('a stroke lies over the fill, unless the document says otherwise or contours overlap', () => {
  const resolveFont: TextExpansionContext['resolveFont'] = (...wanted) => {
    const { stack } = context.resolveFont(...wanted)
    const pick: typeof stack.pick = (...asked) => {
      const { font, missing } = stack.pick(...asked)
      return { font: { ...font, variableWeight: false }, missing }
    }
    return { stack: { ...stack, pick } }
  }
  const order = (t: string, of: boolean, resolver: TextExpansionContext['resolveFont']) =>
    groupsOf(
      expandTextLayer(textLayer({ t, sc: [0, 0, 0], sw: 4, of }), { ...context, resolveFont: resolver })
        .layer,
    )[0]
      ?.it?.map(({ ty }) => ty)
      .filter((ty) => ty === 'fl' || ty === 'st')
      .join(' ')
  assert.equal(order('H', true, resolveFont), 'st fl')
  assert.equal(order('H', false, resolveFont), 'fl st')
  assert.equal(order('سلام', true, context.resolveFont), 'fl st')
  assert.equal(order('H', true, context.resolveFont), 'fl st')
})

test('finds what is not painted', () => {
  const blur: TextAnimator = { s: { t: 1 }, a: { bl: { a: 0, k: [20, 20] }, rx: { a: 0, k: 0 } } }
  const layer = textLayer({ t: 'a\u{13000}', ca: 2 }, [blur])
  if (layer.t !== undefined) layer.t.p = { m: 0 }
  const settings = { maxLines: 1, fit: 'shrink', minScale: 0.9, maxWidth: 10 } as const
  const rest = { alignment: 'template', direction: 'auto', digits: 'keep' } as const
  const { findings } = expandTextLayer(layer, { ...context, settings: { ...settings, ...rest } })
  assert.deepEqual(
    findings.map(({ code }) => code),
    [
      'TEXT_SELECTOR_UNSUPPORTED',
      'TEXT_ANIMATOR_UNSUPPORTED',
      'TEXT_PATH_UNSUPPORTED',
      'TEXT_CHARACTERS_MISSING',
      'TEXT_OVERFLOWS',
      'TEXT_SMALL_CAPS_UNSUPPORTED',
      'FONT_NOT_IN_TEMPLATE',
    ],
  )
})

test('numbers have three decimals at most', () => {
  const { layer } = expandTextLayer(textLayer({ t: 'سلام office' }, [fadeIn]), context)
  assert.doesNotMatch(JSON.stringify(layer), /\d\.\d{4,}|e-\d|-0[,\]}]/)
})
