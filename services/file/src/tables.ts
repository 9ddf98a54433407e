import type { SystemTransaction, TenantTransaction } from '@flatrender/platform/db'
import type { Generated } from 'kysely'

interface Files {
  tenant_id: string
  id: Generated<string>
  owner_id: string | null
  account_id: string
  name: string
  kind: Generated<'picture' | 'video' | 'sound' | 'font' | 'template' | 'export' | 'other'>
  media_type: Generated<string>
  bytes: Generated<string>
  hash: Buffer | null
  object_key: string | null
  state: Generated<'uploading' | 'scanning' | 'ready' | 'rejected' | 'deleted'>
  deleted_at: Date | null
  created_at: Generated<Date>
}

interface Quotas {
  tenant_id: string
  account_id: string
  limit_bytes: string | null
  used_bytes: Generated<string>
  reserved_bytes: Generated<string>
  export_bytes: Generated<string>
}

interface UploadSessions {
  tenant_id: string
  id: Generated<string>
  file_id: string
  owner_id: string | null
  account_id: string
  protocol: 'single' | 'multipart' | 'tus'
  offset_bytes: Generated<string>
  length_bytes: string | null
  reserved_bytes: Generated<string>
  object_key: string
  expected_hash: Buffer | null
  state: Generated<'open' | 'completing' | 'completed' | 'failed' | 'aborted' | 'expired'>
  expires_at: Generated<Date>
  finished_at: Date | null
}

interface FileReferences {
  tenant_id: string
  file_id: string
  service: string
  noun: string
  used_by_tenant_id: string
  used_by_id: string
}

/** The rows of `database/migrations/13_file_manager.sql` that the service uses. */
export interface Tables {
  readonly 'file_mgr.files': Files
  readonly 'file_mgr.quotas': Quotas
  readonly 'file_mgr.upload_sessions': UploadSessions
  readonly 'file_mgr.file_references': FileReferences
}

/** A transaction of either door. */
export type AnyTransaction = TenantTransaction<Tables> | SystemTransaction<Tables>
