-- Where events are sent, what is on its way, and every attempt that was made.

CREATE TABLE webhook_endpoints (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  url TEXT NOT NULL CHECK (length(url) BETWEEN 1 AND 2048),
  description TEXT NOT NULL,
  -- JSON list of type patterns: ["item.*", "shipment.delivered"].
  types TEXT NOT NULL CHECK (json_valid(types)),
  -- JSON object of headers of the subscriber's own, sealed because they often are credentials.
  headers_sealed BLOB NOT NULL,
  max_concurrency INTEGER NOT NULL CHECK (max_concurrency BETWEEN 1 AND 20),
  secret_sealed BLOB NOT NULL,
  -- The secret before the last rotation; both sign until then.
  previous_secret_sealed BLOB,
  previous_secret_until TEXT,
  -- Events up to here happened before it was interested.
  after_seq INTEGER NOT NULL CHECK (after_seq >= 0),
  disabled_at TEXT,
  disabled_reason TEXT NOT NULL DEFAULT ''
    CHECK (disabled_reason IN ('', 'by_request', 'gone', 'failing')),
  -- How it fares; kept by the dispatcher and no part of the version.
  consecutive_failures INTEGER NOT NULL DEFAULT 0,
  failing_since TEXT,
  -- Nothing is sent before this time: the circuit is open, or the peer asked for a pause.
  paused_until TEXT,
  last_success_at TEXT,
  last_failure_at TEXT,
  removed_at TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK ((disabled_at IS NULL) = (disabled_reason = '')),
  CHECK ((previous_secret_sealed IS NULL) = (previous_secret_until IS NULL))
) STRICT;
CREATE INDEX webhook_endpoints_by_age ON webhook_endpoints (organization_id, created_at, id);
CREATE INDEX webhook_endpoints_listening ON webhook_endpoints (organization_id)
  WHERE disabled_at IS NULL AND removed_at IS NULL;

CREATE TABLE webhook_deliveries (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  organization_id TEXT NOT NULL,
  endpoint_id TEXT NOT NULL REFERENCES webhook_endpoints (id),
  -- Also the `webhook-id` that the subscriber sees, the same in every attempt.
  event_id TEXT NOT NULL,
  event_type TEXT NOT NULL,
  -- The body of a test; NULL: it is made from the event.
  test_body TEXT,
  state TEXT NOT NULL CHECK (state IN ('pending', 'succeeded', 'failed')),
  -- Attempts since it was queued or replayed: the rung of the retry ladder.
  rung INTEGER NOT NULL DEFAULT 0 CHECK (rung >= 0),
  -- Grows with every replay, so that an attempt of an earlier round settles nothing.
  round INTEGER NOT NULL DEFAULT 0,
  attempt_count INTEGER NOT NULL DEFAULT 0,
  due_at TEXT NOT NULL,
  last_status_code INTEGER,
  last_error TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  finished_at TEXT,
  CHECK ((state = 'pending') = (finished_at IS NULL)),
  UNIQUE (endpoint_id, event_id)
) STRICT;
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, due_at, number)
  WHERE state = 'pending';
CREATE INDEX webhook_deliveries_next ON webhook_deliveries (due_at) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (organization_id, created_at, id);
CREATE INDEX webhook_deliveries_of_endpoint
  ON webhook_deliveries (endpoint_id, created_at, id);
CREATE INDEX webhook_deliveries_failed ON webhook_deliveries (organization_id, created_at, id)
  WHERE state = 'failed';
CREATE INDEX webhook_deliveries_dead ON webhook_deliveries (endpoint_id, created_at, id)
  WHERE state = 'failed';
CREATE INDEX webhook_deliveries_to_forget ON webhook_deliveries (state, finished_at)
  WHERE state <> 'pending';

CREATE TABLE webhook_attempts (
  number INTEGER PRIMARY KEY,
  delivery_id TEXT NOT NULL REFERENCES webhook_deliveries (id) ON DELETE CASCADE,
  attempted_at TEXT NOT NULL,
  duration_ms INTEGER NOT NULL,
  url TEXT NOT NULL,
  -- Signatures and the subscriber's own headers are redacted.
  request_headers TEXT NOT NULL CHECK (json_valid(request_headers)),
  -- NULL when no answer came; `error` says why.
  status_code INTEGER,
  error TEXT NOT NULL DEFAULT '',
  response_headers TEXT NOT NULL CHECK (json_valid(response_headers)),
  -- Its beginning.
  response_body TEXT NOT NULL,
  response_cut INTEGER NOT NULL CHECK (response_cut IN (0, 1))
) STRICT;
CREATE INDEX webhook_attempts_of_delivery ON webhook_attempts (delivery_id, number);
