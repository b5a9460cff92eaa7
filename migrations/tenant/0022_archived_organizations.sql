-- An organization that is not worked in any more: it can be read, and is not listed unless asked for.
ALTER TABLE organizations ADD COLUMN archived_at TEXT
  CHECK (archived_at IS NULL OR is_default = 0);
