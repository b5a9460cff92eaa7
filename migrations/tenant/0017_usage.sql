-- What a business used: counted once, line by line, and added up by the hour.

CREATE TABLE usage_records (
  id TEXT PRIMARY KEY,
  -- What is counted has a name; the same name again counts nothing.
  key TEXT NOT NULL UNIQUE,
  meter TEXT NOT NULL,
  -- Counters: how many more. Gauges: what was read. Below zero only to correct.
  quantity INTEGER NOT NULL,
  -- Empty for what belongs to the business as a whole.
  organization_id TEXT NOT NULL,
  -- The shipment, the token, the endpoint it is about.
  subject_id TEXT NOT NULL,
  occurred_at TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  -- The plan in force when it was recorded.
  plan_code TEXT NOT NULL,
  -- It came when its period was over already.
  is_late INTEGER NOT NULL CHECK (is_late IN (0, 1)),
  -- Of a correction: why, and who.
  reason TEXT NOT NULL DEFAULT '',
  corrected_by TEXT NOT NULL DEFAULT '',
  CHECK (quantity >= 0 OR reason <> ''),
  CHECK ((reason = '') = (corrected_by = ''))
) STRICT;
CREATE INDEX usage_records_by_time ON usage_records (occurred_at, id);
CREATE INDEX usage_records_of_meter ON usage_records (meter, occurred_at, id);
CREATE INDEX usage_records_of_organization ON usage_records (organization_id, occurred_at, id);
CREATE INDEX usage_records_of_subject ON usage_records (subject_id, occurred_at, id)
  WHERE subject_id <> '';

CREATE TRIGGER usage_records_stay BEFORE UPDATE ON usage_records
BEGIN
  SELECT RAISE(ABORT, 'usage is never changed: correct it with another record');
END;
CREATE TRIGGER usage_records_remain BEFORE DELETE ON usage_records
BEGIN
  SELECT RAISE(ABORT, 'usage is never removed: correct it with another record');
END;

-- Sums by hour (UTC, `2026-11-21T09`): of the business, and of each organization.
CREATE TABLE usage_hours (
  meter TEXT NOT NULL,
  hour TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  -- When something was added last, so that who copies sums knows which are new.
  touched_at TEXT NOT NULL,
  PRIMARY KEY (meter, hour)
) STRICT, WITHOUT ROWID;
CREATE INDEX usage_hours_touched ON usage_hours (touched_at);
CREATE TABLE usage_hours_of_organizations (
  organization_id TEXT NOT NULL,
  meter TEXT NOT NULL,
  hour TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (organization_id, meter, hour)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER usage_adds_up AFTER INSERT ON usage_records
BEGIN
  INSERT INTO usage_hours (meter, hour, quantity, touched_at)
    VALUES (NEW.meter, substr(NEW.occurred_at, 1, 13), NEW.quantity, NEW.recorded_at)
    ON CONFLICT (meter, hour) DO UPDATE SET quantity = quantity + excluded.quantity,
      touched_at = excluded.touched_at;
  INSERT INTO usage_hours_of_organizations (organization_id, meter, hour, quantity)
    VALUES (NEW.organization_id, NEW.meter, substr(NEW.occurred_at, 1, 13), NEW.quantity)
    ON CONFLICT (organization_id, meter, hour)
      DO UPDATE SET quantity = quantity + excluded.quantity;
END;

-- The terms as they were last seen, for work that nobody asked for just now.
CREATE TABLE usage_terms (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
  plan_code TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  period_day INTEGER NOT NULL CHECK (period_day BETWEEN 1 AND 31)
) STRICT;

-- A share of a quota that was reached: told once in a period, whatever is corrected later.
CREATE TABLE usage_alerts (
  meter TEXT NOT NULL,
  period_starts_at TEXT NOT NULL,
  threshold_percent INTEGER NOT NULL CHECK (threshold_percent IN (50, 80, 100)),
  used INTEGER NOT NULL,
  included INTEGER NOT NULL,
  reached_at TEXT NOT NULL,
  PRIMARY KEY (meter, period_starts_at, threshold_percent)
) STRICT, WITHOUT ROWID;
