/** How much is done together. */
export interface Together<Asked> {
  /** Pieces of work that may be under way at once. */
  readonly atOnce: number
  /** What a piece may weigh at most; one question alone may weigh more. */
  readonly most: number
  readonly weigh: (asked: Asked) => number
  /** Milliseconds that the first waits for others, where an answer needn't come at once. */
  readonly pause?: number
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
  { atOnce, most, weigh, pause }: Together<Asked>,
): (asked: Asked) => Promise<Answer> {
  const waiting: Waiting<Asked, Answer>[] = []
  let underWay = 0
  let timer: NodeJS.Timeout | undefined
  const takeSome = () => {
    let weight = 0
    let count = 0
    for (const { asked } of waiting) {
      weight += weigh(asked)
      if (count > 0 && weight > most) break
      count++
    }
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
      underWay++
      void serve(takeSome()).finally(() => {
        underWay--
        pump()
      })
    }
  }
  return (asked) =>
    new Promise((answer, fail) => {
      waiting.push({ asked, answer, fail })
      if (pause === undefined) return pump()
      if (timer !== undefined) return
      timer = setTimeout(() => {
        timer = undefined
        pump()
      }, pause)
    })
}
