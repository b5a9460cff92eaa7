/** The first thing a person reads who opens an archive, perhaps years later and without us. */
import type { Manifest } from './manifest.ts'

export function readmeText({ tenant, made_at, objects, ...manifest }: Manifest, root: string) {
  const kept = manifest.tables.filter(({ file }) => file)
  const rows = kept.reduce((sum, table) => sum + table.rows, 0)
  const widest = Math.max(...kept.map(({ name }) => name.length))
  return `${tenant.name}
${'='.repeat(Math.max(tenant.name.length, 20))}

All that Stowage kept for this business, as it was at ${made_at}.
${kept.length} tables, ${rows} rows, ${objects.files} files. Business ${tenant.id}, ${tenant.environment}.

What is here
------------
README.txt      this text
manifest.json   what the archive holds: tables, columns, counts, heads of the chains
business.json   the business as the platform knew it: name, addresses, plan, state
tables/         one file for each table, one row a line, each line JSON
tenant.db       the same data as an SQLite database, without the secrets named below
schema.sql      how the tables are made, with the remarks of those who made them
objects.ndjson  one line for each label, document and other file, and where it lies in objects/
objects/        those files
verify.py       proves the archive; needs Python 3.8 and nothing else
SHA256SUMS      the checksum of every file but itself

How to check it
---------------
Unpack it, then:

    tar xzf ${root}.tar.gz
    cd ${root}
    sha256sum -c SHA256SUMS
    python3 verify.py

verify.py reads the lines in tables/ alone. It proves that every posting follows the one before
(the chain of hashes), that no quantity appears or disappears (the accounts of each item add up to
zero), that each level on hand is what the movements make of it, that open reservations are what is
reserved, and that the audit trail is whole. It says so, or says what differs, and exits with 1.

Compare the two heads it prints with what Stowage showed you, or with an older archive, whose
chains are the beginning of these: a history that was made up anew would have other heads.

How to read it
--------------
- Quantities are integers in the smallest unit of the item: 1250 with items.scale 2 is 12.50.
- Money is in minor units: 1299 with currency USD is 12.99.
- Weights end in _g, lengths in _mm. Times are RFC 3339 in UTC.
- Bytes, such as hashes, are hex. Columns that hold JSON hold it as text, exactly as it was.
- A column that ends in _id names the id of a row in another table.

What is left out
----------------
Nothing that opens a door is in an archive. Whole tables:
${manifest.tables
  .filter(({ left_out }) => left_out)
  .map(({ name, left_out }) => `- ${name}: ${left_out}`)
  .join('\n')}
Columns, absent in tables/ and empty in tenant.db:
${manifest.left_out_columns.map((name) => `- ${name}`).join('\n')}
${objects.damaged > 0 ? `\n${objects.damaged} files were damaged or gone: objects.ndjson names them.\n` : ''}
Tables
------
${kept.map(({ name, rows, about }) => `${name.padEnd(widest)}  ${String(rows).padStart(8)}  ${about}`.trimEnd()).join('\n')}
`
}
