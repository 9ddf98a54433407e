// Sets a process's clock apart: `node --import …/shift-clock.mjs?seconds=-3600`. Time goes on as before.
const milliseconds = Number(new URL(import.meta.url).searchParams.get('seconds')) * 1000
const RealDate = Date
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + milliseconds)
    else super(...given)
  }
  static now() {
    return RealDate.now() + milliseconds
  }
}
