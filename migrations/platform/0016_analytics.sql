-- What all businesses used together, day by day.
CREATE INDEX tenant_usage_by_day ON tenant_usage_days (meter, day, quantity);
