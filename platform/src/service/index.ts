export { guardAccess } from './guard-access.ts'
