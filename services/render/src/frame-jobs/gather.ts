import { openSpacing } from './spacing.ts'

/** How much is done together. */
export interface Together<Asked> {
  /** Pieces of work that may be under way at once. */
  readonly atOnce: number
  /** What a piece may weigh at most; one question alone may weigh more. */
  readonly most: number
  readonly weigh: (asked: Asked) => number
  /** Milliseconds between two beginnings, unless there is enough for one; who comes after a rest waits for nobody. */
  readonly every?: number
}

interface Waiting<Asked, Answer> {
  readonly asked: Asked
  readonly answer: (answer: Answer) => void
  readonly fail: (error: unknown) => void
}

/**
 * Does together what is asked for while the like is under way: alone nobody waits, and under load one transaction serves
 * many. Where that fails each is done by itself, for what is wrong with one is no other's harm. `work` answers in the order of
 * what is asked, and bears being done again.
 */
export function openGather<Asked, Answer>(
  work: (asked: readonly Asked[]) => Promise<readonly Answer[]>,
  { atOnce, most, weigh, every = 0 }: Together<Asked>,
): (asked: Asked) => Promise<Answer> {
  const waiting: Waiting<Asked, Answer>[] = []
  let weight = 0
  let underWay = 0
  const takeSome = () => {
    let taken = 0
    let count = 0
    for (const { asked } of waiting) {
      if (count > 0 && taken + weigh(asked) > most) break
      taken += weigh(asked)
      count++
    }
    weight -= taken
    return waiting.splice(0, count)
  }
  const serve = async (some: readonly Waiting<Asked, Answer>[]): Promise<void> => {
    try {
      const answers = await work(some.map(({ asked }) => asked))
      for (const [index, { answer }] of some.entries()) answer(answers[index]!)
    } catch (error) {
      if (some.length === 1) some[0]!.fail(error)
      else for (const one of some) await serve([one])
    }
  }
  const pump = () => {
    while (underWay < atOnce && waiting.length > 0) {
      if (weight >= most) spacing.beginNow()
      else if (!spacing.begin()) return
      underWay++
      void serve(takeSome()).finally(() => {
        underWay--
        pump()
      })
    }
  }
  const spacing = openSpacing(every, pump)
  return (asked) =>
    new Promise((answer, fail) => {
      waiting.push({ asked, answer, fail })
      weight += weigh(asked)
      pump()
    })
}
