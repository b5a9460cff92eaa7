-- What an entry tells of people can be forgotten, and the chain stays whole: it holds a digest of the
-- details, made with a salt. Without the salt nobody finds out what they were.
ALTER TABLE audit_entries ADD COLUMN impersonator_id TEXT NOT NULL DEFAULT '';
ALTER TABLE audit_entries ADD COLUMN impersonator_name TEXT NOT NULL DEFAULT '';
-- NULL on entries from before, whose details are in the hash itself, and once they are forgotten.
ALTER TABLE audit_entries ADD COLUMN salt BLOB;
-- NULL on entries from before.
ALTER TABLE audit_entries ADD COLUMN digest BLOB;

CREATE INDEX audit_entries_of_actor ON audit_entries (actor_id, seq);
CREATE INDEX audit_entries_of_action ON audit_entries (action, seq);
CREATE INDEX audit_entries_of_impersonator ON audit_entries (impersonator_id, seq)
  WHERE impersonator_id <> '';

-- The one change there is: the details go, what the chain holds stays. Of entries from before only
-- the names can go, which always stood outside the hash.
DROP TRIGGER audit_entries_are_not_changed;
CREATE TRIGGER audit_entries_are_not_changed BEFORE UPDATE ON audit_entries
WHEN NOT (
  NEW.seq IS OLD.seq AND NEW.organization_id IS OLD.organization_id
  AND NEW.occurred_at IS OLD.occurred_at AND NEW.actor_kind IS OLD.actor_kind
  AND NEW.actor_id IS OLD.actor_id AND NEW.impersonator_id IS OLD.impersonator_id
  AND NEW.action IS OLD.action AND NEW.subject_id IS OLD.subject_id
  AND NEW.request_id IS OLD.request_id AND NEW.previous_hash IS OLD.previous_hash
  AND NEW.hash IS OLD.hash AND NEW.digest IS OLD.digest AND NEW.salt IS NULL
  AND (NEW.actor_name IS OLD.actor_name OR NEW.actor_name GLOB 'erased-*')
  AND (NEW.impersonator_name IS OLD.impersonator_name OR NEW.impersonator_name GLOB 'erased-*')
  AND CASE WHEN OLD.digest IS NULL
    THEN NEW.changes IS OLD.changes AND NEW.ip IS OLD.ip AND NEW.user_agent IS OLD.user_agent
    ELSE NEW.changes = '{}' AND NEW.ip = '' AND NEW.user_agent = '' END
)
  BEGIN SELECT RAISE(ABORT, 'audit entries are immutable'); END;

-- What was told of a person: the address and the name become a pseudonym, all else stays as it was.
DROP TRIGGER events_are_not_changed;
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
WHEN NOT (
  NEW.seq IS OLD.seq AND NEW.id IS OLD.id AND NEW.type IS OLD.type
  AND NEW.organization_id IS OLD.organization_id AND NEW.subject_id IS OLD.subject_id
  AND NEW.occurred_at IS OLD.occurred_at AND NEW.request_id IS OLD.request_id
  AND json_extract(NEW.data, '$.email') GLOB 'erased-*@erased.invalid'
  AND json_remove(NEW.data, '$.email', '$.name') IS json_remove(OLD.data, '$.email', '$.name')
)
  BEGIN SELECT RAISE(ABORT, 'events are immutable'); END;
