/**
 * Does two things at once that are worth nothing without each other: when one fails, the other's signal is aborted. What
 * failed first is thrown, once both have ended: nobody still writes then.
 */
export async function runTogether<One, Other>(
  signal: AbortSignal,
  one: (signal: AbortSignal) => Promise<One>,
  other: (signal: AbortSignal) => Promise<Other>,
): Promise<readonly [One, Other]> {
  const failed = new AbortController()
  const either = AbortSignal.any([signal, failed.signal])
  const guard = async <Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> => {
    try {
      return await work(either)
    } catch (error) {
      // Aborting again changes nothing: the first reason stays.
      failed.abort(error)
      throw error
    }
  }
  const [first, second] = await Promise.allSettled([guard(one), guard(other)])
  if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value]
  throw failed.signal.reason
}
