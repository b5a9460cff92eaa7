-- What every business used, copied from its own file now and then, so that nobody opens them all.

-- Sums by day of the business's own zone.
CREATE TABLE tenant_usage_days (
  tenant_id TEXT NOT NULL,
  meter TEXT NOT NULL,
  day TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, meter, day)
) STRICT, WITHOUT ROWID;

-- How it stands in the period that goes on.
CREATE TABLE tenant_usage (
  tenant_id TEXT NOT NULL,
  meter TEXT NOT NULL,
  used INTEGER NOT NULL,
  -- NULL without a quota.
  included INTEGER,
  is_hard INTEGER NOT NULL CHECK (is_hard IN (0, 1)),
  share_percent INTEGER,
  projected INTEGER,
  projected_from_days INTEGER,
  plan_code TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  period_starts_at TEXT NOT NULL,
  period_ends_at TEXT NOT NULL,
  measured_at TEXT NOT NULL,
  PRIMARY KEY (tenant_id, meter)
) STRICT, WITHOUT ROWID;
CREATE INDEX tenant_usage_by_use ON tenant_usage (meter, used, tenant_id);
