import { serviceRoles } from '../service-roles.ts'
import type { TableShape } from './list-tables.ts'

/** Stands for the owner among readers. */
export const OWNER = 'owner'
/** A row of it is seen by the system role of the service that wrote it. */
const ANSWERS = 'platform.idempotency_keys'

/** The roles that can log in and serve what has no tenant. */
export const systemRoles: readonly string[] = serviceRoles.filter((role) => role.endsWith('_system'))

/**
 * Who reads a table whole. Policies bind the owner too, and they let a service's system role see all rows of its schema;
 * what belongs to nobody, the owner reads.
 */
export function chooseReaders({ table, schema }: TableShape): readonly string[] {
  if (table === ANSWERS) return systemRoles
  if (schema === 'platform' || schema === 'graphile_worker') return [OWNER]
  return [`flatrender_${schema === 'file_mgr' ? 'file' : schema}_system`]
}
