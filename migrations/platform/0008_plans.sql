-- What is sold and to whom: plans and their revisions, who is on which, exceptions, switches, rollouts.

CREATE TABLE plans (
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE CHECK (length(code) BETWEEN 1 AND 40),
  -- The list it stands on: those of one list are compared with each other.
  family TEXT NOT NULL,
  -- Its place on that list: the plan after one's own can be tried.
  position INTEGER NOT NULL CHECK (position >= 0),
  state TEXT NOT NULL CHECK (state IN ('draft', 'active', 'retired')),
  is_public INTEGER NOT NULL CHECK (is_public IN (0, 1)),
  -- A business may choose it by itself.
  is_self_service INTEGER NOT NULL CHECK (is_self_service IN (0, 1)),
  -- What those get who come now; those who came earlier keep theirs until they are moved.
  revision INTEGER NOT NULL CHECK (revision > 0),
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX plans_by_place ON plans (family, position, id);
CREATE INDEX plans_by_age ON plans (created_at, id);

CREATE TABLE plan_revisions (
  plan_id TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
  revision INTEGER NOT NULL CHECK (revision > 0),
  name TEXT NOT NULL,
  summary TEXT NOT NULL,
  -- Minor units for each interval; NULL: on request.
  price_minor INTEGER CHECK (price_minor >= 0),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  interval TEXT NOT NULL CHECK (interval IN ('month', 'year')),
  trial_days INTEGER NOT NULL CHECK (trial_days BETWEEN 0 AND 365),
  -- JSON {features, limits, quotas, overage, rates, highlights}.
  entitlements TEXT NOT NULL CHECK (json_valid(entitlements)),
  created_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (plan_id, revision)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER plan_revisions_are_not_changed BEFORE UPDATE ON plan_revisions
  BEGIN SELECT RAISE(ABORT, 'a revision of a plan is immutable'); END;

-- Who was on which plan, from when until when; the open one counts.
CREATE TABLE subscriptions (
  id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  plan_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  is_trial INTEGER NOT NULL CHECK (is_trial IN (0, 1)),
  from_at TEXT NOT NULL,
  until_at TEXT,
  -- Day of the month on which its periods begin.
  period_day INTEGER NOT NULL CHECK (period_day BETWEEN 1 AND 31),
  -- What follows, and when: after a trial, or a change that waits for the end of the period.
  next_plan_id TEXT,
  next_revision INTEGER,
  next_at TEXT,
  changed_by_kind TEXT NOT NULL,
  changed_by_id TEXT NOT NULL,
  changed_by_name TEXT NOT NULL,
  reason TEXT NOT NULL,
  FOREIGN KEY (plan_id, revision) REFERENCES plan_revisions (plan_id, revision),
  FOREIGN KEY (next_plan_id, next_revision) REFERENCES plan_revisions (plan_id, revision),
  CHECK ((next_plan_id IS NULL) = (next_at IS NULL)),
  CHECK ((next_plan_id IS NULL) = (next_revision IS NULL)),
  CHECK (until_at IS NULL OR next_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX subscriptions_one_open ON subscriptions (tenant_id) WHERE until_at IS NULL;
-- A business tries once.
CREATE UNIQUE INDEX subscriptions_one_trial ON subscriptions (tenant_id) WHERE is_trial = 1;
CREATE INDEX subscriptions_of_tenant ON subscriptions (tenant_id, from_at, id);
CREATE INDEX subscriptions_of_plan ON subscriptions (plan_id, revision, tenant_id) WHERE until_at IS NULL;
CREATE INDEX subscriptions_to_follow ON subscriptions (next_at) WHERE next_at IS NOT NULL;

-- One business differs from its plan in one thing, for a reason and perhaps for a time.
CREATE TABLE plan_overrides (
  id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('feature', 'limit', 'quota', 'rate')),
  name TEXT NOT NULL,
  -- JSON: true or false, a number or null for none, {included, hard}, {per_second, burst}.
  value TEXT NOT NULL CHECK (json_valid(value)),
  reason TEXT NOT NULL CHECK (length(reason) > 0),
  ends_at TEXT,
  created_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (tenant_id, kind, name)
) STRICT;
CREATE INDEX plan_overrides_of_tenant ON plan_overrides (tenant_id, created_at, id);
CREATE INDEX plan_overrides_to_end ON plan_overrides (ends_at) WHERE ends_at IS NOT NULL;

-- A feature that is off for everybody, until the row is gone.
CREATE TABLE kill_switches (
  feature TEXT PRIMARY KEY,
  reason TEXT NOT NULL CHECK (length(reason) > 0),
  since TEXT NOT NULL,
  switched_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A feature that is rolled out: to a share of the businesses, and to those that are named.
CREATE TABLE flags (
  id TEXT PRIMARY KEY,
  feature TEXT NOT NULL UNIQUE,
  percentage INTEGER NOT NULL CHECK (percentage BETWEEN 0 AND 100),
  reason TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX flags_by_age ON flags (created_at, id);

CREATE TABLE flag_tenants (
  flag_id TEXT NOT NULL REFERENCES flags (id) ON DELETE CASCADE,
  tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
  set_at TEXT NOT NULL,
  set_by TEXT NOT NULL,
  PRIMARY KEY (flag_id, tenant_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX flag_tenants_of_tenant ON flag_tenants (tenant_id);

-- Two lists to begin with: one for platforms, one by calls of the API. Both can be changed.
INSERT INTO plans (id, code, family, position, state, is_public, is_self_service, revision,
    created_at, updated_at) VALUES
  ('pln_01m80ec8xxf21rvy0trggmh4yq', 'starter', 'platform', 1, 'active', 1, 1, 1, '2026-11-22T00:00:00.000Z', '2026-11-22T00:00:00.000Z'),
  ('pln_01m80ec91aesnsf60hp2zd3xrd', 'professional', 'platform', 2, 'active', 1, 1, 1, '2026-11-22T00:00:00.000Z', '2026-11-22T00:00:00.000Z'),
  ('pln_01m80ec940eczv7026bq6wjkrm', 'enterprise', 'platform', 3, 'active', 1, 1, 1, '2026-11-22T00:00:00.000Z', '2026-11-22T00:00:00.000Z'),
  ('pln_01m80ec94zfk7ag6rktzx8f05q', 'free', 'api', 1, 'active', 1, 1, 1, '2026-11-22T00:00:00.000Z', '2026-11-22T00:00:00.000Z'),
  ('pln_01m80ec95we8qa0w3z60tv9yca', 'developer', 'api', 2, 'active', 1, 1, 1, '2026-11-22T00:00:00.000Z', '2026-11-22T00:00:00.000Z'),
  ('pln_01m80ec96vfq8at9ctmdt0wczp', 'startup', 'api', 3, 'active', 1, 1, 1, '2026-11-22T00:00:00.000Z', '2026-11-22T00:00:00.000Z'),
  ('pln_01m80ec97seh2tc2y5tdargytk', 'growth', 'api', 4, 'active', 1, 1, 1, '2026-11-22T00:00:00.000Z', '2026-11-22T00:00:00.000Z'),
  ('pln_01m80ec98nf27r2xqy10gcn5ap', 'scale', 'api', 5, 'active', 1, 1, 1, '2026-11-22T00:00:00.000Z', '2026-11-22T00:00:00.000Z'),
  ('pln_01m80ec99fesgrsgwrww22jnvj', 'enterprise_api', 'api', 6, 'active', 1, 0, 1, '2026-11-22T00:00:00.000Z', '2026-11-22T00:00:00.000Z');
INSERT INTO plan_revisions (plan_id, revision, name, summary, price_minor, currency, interval,
    trial_days, entitlements, created_by, created_at) VALUES
  ('pln_01m80ec8xxf21rvy0trggmh4yq', 1, 'Starter', 'For a first team.', 9900, 'USD', 'month', 14,
    '{
      "features": ["webhooks", "shipping", "sandboxes", "organizations", "two_factor_enforcement"],
      "limits": {"tenants": 5},
      "quotas": {"api_calls": {"included": 10000, "hard": false}, "shipments": {"included": 1000, "hard": false}},
      "overage": {"api_calls": {"per": 1, "amount": 1}, "shipments": {"per": 1, "amount": 10}, "storage_bytes": {"per": 1000000000, "amount": 2}, "bandwidth_bytes": {"per": 1000000000, "amount": 5}},
      "rates": {"token": {"per_second": 10, "burst": 50}, "organization": {"per_second": 20, "burst": 100}, "tenant": {"per_second": 20, "burst": 100}},
      "highlights": ["Basic support"]
    }', 'shipped', '2026-11-22T00:00:00.000Z'),
  ('pln_01m80ec91aesnsf60hp2zd3xrd', 1, 'Professional', 'For a platform that grows.', 29900, 'USD', 'month', 14,
    '{
      "features": ["organizations", "webhooks", "shipping", "custom_roles", "custom_domains", "sandboxes", "branches", "ip_allow_lists", "two_factor_enforcement"],
      "limits": {"tenants": 50},
      "quotas": {"api_calls": {"included": 100000, "hard": false}, "shipments": {"included": 10000, "hard": false}},
      "overage": {"api_calls": {"per": 1, "amount": 1}, "shipments": {"per": 1, "amount": 10}, "storage_bytes": {"per": 1000000000, "amount": 2}, "bandwidth_bytes": {"per": 1000000000, "amount": 5}},
      "rates": {"token": {"per_second": 50, "burst": 250}, "organization": {"per_second": 100, "burst": 500}, "tenant": {"per_second": 100, "burst": 500}},
      "highlights": ["Priority support", "White-labelling", "Custom domains"]
    }', 'shipped', '2026-11-22T00:00:00.000Z'),
  ('pln_01m80ec940eczv7026bq6wjkrm', 1, 'Enterprise', 'Without limits, with people who answer.', 99900, 'USD', 'month', 14,
    '{
      "features": ["organizations", "webhooks", "shipping", "custom_roles", "custom_domains", "sandboxes", "branches", "ip_allow_lists", "two_factor_enforcement", "audit_export"],
      "limits": {},
      "quotas": {},
      "overage": {"storage_bytes": {"per": 1000000000, "amount": 2}, "bandwidth_bytes": {"per": 1000000000, "amount": 5}},
      "rates": {"token": {"per_second": 200, "burst": 1000}, "organization": {"per_second": 500, "burst": 2500}, "tenant": {"per_second": 500, "burst": 2500}},
      "highlights": ["Dedicated support", "Single sign-on", "Custom integrations", "Service level guarantee"]
    }', 'shipped', '2026-11-22T00:00:00.000Z'),
  ('pln_01m80ec94zfk7ag6rktzx8f05q', 1, 'Free', 'To try everything out.', 0, 'USD', 'month', 0,
    '{
      "features": ["webhooks", "shipping", "sandboxes"],
      "limits": {"webhook_endpoints": 2, "tenants": 2},
      "quotas": {"api_calls": {"included": 10000, "hard": true}},
      "overage": {},
      "rates": {"token": {"per_second": 5, "burst": 20}, "organization": {"per_second": 10, "burst": 40}, "tenant": {"per_second": 10, "burst": 40}},
      "highlights": ["Community support"]
    }', 'shipped', '2026-11-22T00:00:00.000Z'),
  ('pln_01m80ec95we8qa0w3z60tv9yca', 1, 'Developer', 'For one who builds alone.', 1900, 'USD', 'month', 14,
    '{
      "features": ["webhooks", "shipping", "sandboxes", "two_factor_enforcement"],
      "limits": {"webhook_endpoints": 10, "tenants": 3},
      "quotas": {"api_calls": {"included": 100000, "hard": false}},
      "overage": {},
      "rates": {"token": {"per_second": 20, "burst": 100}, "organization": {"per_second": 40, "burst": 200}, "tenant": {"per_second": 40, "burst": 200}},
      "highlights": ["Community support"]
    }', 'shipped', '2026-11-22T00:00:00.000Z'),
  ('pln_01m80ec96vfq8at9ctmdt0wczp', 1, 'Startup', 'For young products and small shops.', 7900, 'USD', 'month', 14,
    '{
      "features": ["webhooks", "shipping", "sandboxes", "organizations", "two_factor_enforcement", "custom_domains", "branches"],
      "limits": {"webhook_endpoints": 25, "organizations": 10, "tenants": 5},
      "quotas": {"api_calls": {"included": 500000, "hard": false}},
      "overage": {},
      "rates": {"token": {"per_second": 50, "burst": 250}, "organization": {"per_second": 100, "burst": 500}, "tenant": {"per_second": 100, "burst": 500}},
      "highlights": ["Support by mail"]
    }', 'shipped', '2026-11-22T00:00:00.000Z'),
  ('pln_01m80ec97seh2tc2y5tdargytk', 1, 'Growth', 'More tooling, more numbers.', 39900, 'USD', 'month', 14,
    '{
      "features": ["organizations", "webhooks", "shipping", "custom_roles", "custom_domains", "sandboxes", "branches", "ip_allow_lists", "two_factor_enforcement", "audit_export"],
      "limits": {"webhook_endpoints": 100, "organizations": 100, "tenants": 20},
      "quotas": {"api_calls": {"included": 2000000, "hard": false}},
      "overage": {},
      "rates": {"token": {"per_second": 100, "burst": 500}, "organization": {"per_second": 200, "burst": 1000}, "tenant": {"per_second": 200, "burst": 1000}},
      "highlights": ["Priority support", "Monthly check-in"]
    }', 'shipped', '2026-11-22T00:00:00.000Z'),
  ('pln_01m80ec98nf27r2xqy10gcn5ap', 1, 'Scale', 'Capacity that is kept for you.', 119900, 'USD', 'month', 14,
    '{
      "features": ["organizations", "webhooks", "shipping", "custom_roles", "custom_domains", "sandboxes", "branches", "ip_allow_lists", "two_factor_enforcement", "audit_export"],
      "limits": {"tenants": 50},
      "quotas": {"api_calls": {"included": 10000000, "hard": false}},
      "overage": {},
      "rates": {"token": {"per_second": 200, "burst": 1000}, "organization": {"per_second": 500, "burst": 2500}, "tenant": {"per_second": 500, "burst": 2500}},
      "highlights": ["Reserved capacity", "Priority support"]
    }', 'shipped', '2026-11-22T00:00:00.000Z'),
  ('pln_01m80ec99fesgrsgwrww22jnvj', 1, 'Enterprise', 'Made to measure.', NULL, 'USD', 'month', 0,
    '{
      "features": ["organizations", "webhooks", "shipping", "custom_roles", "custom_domains", "sandboxes", "branches", "ip_allow_lists", "two_factor_enforcement", "audit_export"],
      "limits": {},
      "quotas": {},
      "overage": {},
      "rates": {"token": {"per_second": 500, "burst": 2500}, "organization": {"per_second": 2000, "burst": 10000}, "tenant": {"per_second": 2000, "burst": 10000}},
      "highlights": ["Dedicated infrastructure", "Single sign-on", "Migration", "A person of your own"]
    }', 'shipped', '2026-11-22T00:00:00.000Z');
