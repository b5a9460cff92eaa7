-- How sure it is that the person of a session is the one who signed in.
-- When the person last proved it, by password or by code.
ALTER TABLE sessions ADD COLUMN stepped_up_at TEXT;
ALTER TABLE sessions ADD COLUMN last_seen_at TEXT;
