-- Mail on its way out, written in the transaction that has a reason for it.
CREATE TABLE mails (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  -- What it is about: `invitation`, `password_reset`.
  kind TEXT NOT NULL,
  recipient TEXT NOT NULL COLLATE NOCASE,
  subject TEXT NOT NULL,
  -- JSON {lines, action}: what is sent is drawn from this. It holds links that open doors, so it is
  -- emptied once it was sent or cancelled, and after its time.
  content TEXT NOT NULL CHECK (json_valid(content)),
  -- `kept`: nobody carries mail here, a person hands it over.
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'kept', 'cancelled')),
  attempt_count INTEGER NOT NULL DEFAULT 0,
  next_at TEXT,
  last_error TEXT NOT NULL DEFAULT '',
  sent_at TEXT,
  expires_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  CHECK ((state = 'queued') = (next_at IS NOT NULL)),
  CHECK ((state = 'sent') = (sent_at IS NOT NULL))
) STRICT;
CREATE INDEX mails_by_age ON mails (organization_id, created_at, id);
CREATE INDEX mails_of_state ON mails (organization_id, state, created_at, id);
CREATE INDEX mails_of_kind ON mails (organization_id, kind, created_at, id);
CREATE INDEX mails_to_recipient ON mails (organization_id, recipient);
CREATE INDEX mails_to_send ON mails (next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX mails_to_empty ON mails (expires_at) WHERE content <> '{}';
CREATE INDEX mails_to_forget ON mails (expires_at);
