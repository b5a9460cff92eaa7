/** How far the copies are behind: for the screen, for metrics and for `doctor`. */
import { statSync } from 'node:fs'
import { timestamp } from '../kit/clock.ts'
import type { Daemon } from './daemon.ts'
import type { FollowedState } from './followed.ts'
import { isMarkedReplicated, readNote } from './generations.ts'
import { platform_subject, targetId, tenantOf, tenantSubject } from './settings.ts'
import type { ReplicaTarget } from './settings.ts'

export interface TenantReplication {
  tenant_id: string
  /** `copying` while open, `complete` when closed and wholly copied, `waiting` when its end is still to be copied. */
  state: 'copying' | 'complete' | 'waiting'
  generation: string | null
  last_sync_at: string | null
  /** Age of the oldest write not known to be at the target; null when nobody can tell. */
  lag_ms: number | null
  error: string | null
}

export interface ReplicationStatus {
  target:
    | { kind: 'folder'; path: string }
    | { kind: 's3'; endpoint: string; bucket: string; prefix: string }
  mode: 'supervised' | 'external'
  daemon: {
    answers: boolean
    version: string | null
    pid: number | null
    started_at: string | null
  }
  /** Times the daemon ended by itself since we started. */
  restarts: number
  platform: { last_sync_at: string | null; lag_ms: number | null; error: string | null }
  /** Open tenants, and closed ones whose end is still to be copied; those with most lag first. */
  tenants: TenantReplication[]
  /** The largest lag of all. */
  lag_ms: number
}

export function replicationStatus(
  options: { target: ReplicaTarget; mode: { kind: 'supervised' | 'external' } },
  daemon: Daemon,
  restarts: number,
  states: FollowedState[],
): ReplicationStatus {
  const { target } = options
  const platform = states.find((state) => state.subject === platform_subject)
  const tenants = states.flatMap((state) => ofState(state) ?? [])
  return {
    target:
      target.kind === 'folder'
        ? { kind: 'folder', path: target.path }
        : { kind: 's3', endpoint: target.endpoint, bucket: target.bucket, prefix: target.prefix },
    mode: options.mode.kind,
    daemon: {
      answers: daemon.run !== undefined,
      version: daemon.info?.version ?? null,
      pid: daemon.info?.pid ?? null,
      started_at: daemon.info?.started_at ?? null,
    },
    restarts,
    platform: {
      last_sync_at: platform?.last_sync_at ?? null,
      lag_ms: platform?.lag_ms ?? null,
      error: platform?.error ?? null,
    },
    tenants: tenants.sort((a, b) => (b.lag_ms ?? 0) - (a.lag_ms ?? 0)),
    lag_ms: Math.max(0, ...states.map((state) => state.lag_ms)),
  }
}

/** One tenant, also when its file is closed. */
export function tenantReplication(
  tenant_id: string,
  path: string,
  target: ReplicaTarget,
  states: FollowedState[],
): TenantReplication {
  const subject = tenantSubject(tenant_id)
  const known = states.find((state) => state.subject === subject)
  const followed = known && ofState(known)
  if (followed) return followed
  const target_id = targetId(target)
  const complete = isMarkedReplicated(path, target_id)
  return {
    tenant_id,
    state: complete ? 'complete' : 'waiting',
    generation: readNote(path, target_id) ?? null,
    last_sync_at: complete
      ? timestamp(statSync(path.replace(/\.db$/, '.replicated')).mtimeMs)
      : null,
    lag_ms: complete ? 0 : null,
    error: null,
  }
}

function ofState(state: FollowedState): TenantReplication | undefined {
  const tenant_id = tenantOf(state.subject)
  if (tenant_id === undefined) return undefined
  return {
    tenant_id,
    state: state.open ? 'copying' : 'waiting',
    generation: state.generation,
    last_sync_at: state.last_sync_at,
    lag_ms: state.lag_ms,
    error: state.error,
  }
}
