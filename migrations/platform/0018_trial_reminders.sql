-- Who tries a plan is told before it ends: once.
ALTER TABLE subscriptions ADD COLUMN end_told_at TEXT;
CREATE INDEX subscriptions_to_tell ON subscriptions (next_at)
  WHERE is_trial = 1 AND next_at IS NOT NULL AND end_told_at IS NULL;
