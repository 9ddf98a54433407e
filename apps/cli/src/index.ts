export type { Console } from './console.ts'
export { createProgram } from './program.ts'
export type { Session } from './session.ts'
export { readSettings, settingsSchema } from './settings.ts'
