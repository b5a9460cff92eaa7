-- The head of every tenant's ledger, signed day by day, outside the tenant's own file: a ledger that
-- was rewritten from its first posting would agree with itself, but not with these.
CREATE TABLE ledger_heads (
  tenant_id TEXT NOT NULL REFERENCES tenants (id),
  seq INTEGER NOT NULL CHECK (seq > 0),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  signed_at TEXT NOT NULL,
  -- Ed25519 over the statement in src/ledger/heads/statement.ts.
  signature BLOB NOT NULL CHECK (length(signature) = 64),
  PRIMARY KEY (tenant_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_heads_are_not_changed BEFORE UPDATE ON ledger_heads
  BEGIN SELECT RAISE(ABORT, 'signed heads are immutable'); END;
