-- What whoever founded the business said it would need, and which steps its people put aside.
CREATE TABLE set_up_wishes (
  organization_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('carrier', 'feature')),
  -- The id of a carrier, or the name of a feature; it need not be one that we have.
  name TEXT NOT NULL,
  PRIMARY KEY (organization_id, kind, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE set_up_skips (
  organization_id TEXT NOT NULL,
  step TEXT NOT NULL,
  skipped_by TEXT NOT NULL,
  skipped_at TEXT NOT NULL,
  PRIMARY KEY (organization_id, step)
) STRICT, WITHOUT ROWID;
