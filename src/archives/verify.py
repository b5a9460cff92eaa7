#!/usr/bin/env python3
"""Proves an archive of Stowage: its checksums, its ledger and its audit trail.

Usage: python3 verify.py [folder]

Needs Python 3.8 or newer and nothing else. Reads the lines in tables/ only, never tenant.db, so that
it depends on nobody's software. Exits with 0 when everything holds, with 1 when something differs.
"""
import hashlib
import json
import os
import sys
from collections import defaultdict

folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
differences = 0


def differs(what):
    global differences
    differences += 1
    if differences <= 50:
        print("DIFFERS  " + what)


def holds(what):
    print("holds    " + what)


def lines(table):
    path = os.path.join(folder, "tables", table + ".ndjson")
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def hash_of_file(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def check_files():
    before, count = differences, 0
    named = set()
    with open(os.path.join(folder, "SHA256SUMS"), encoding="utf-8") as file:
        for line in file:
            expected, path = line.rstrip("\n").split("  ", 1)
            named.add(path)
            count += 1
            whole = os.path.join(folder, *path.split("/"))
            if not os.path.exists(whole):
                differs(path + " is missing")
            elif hash_of_file(whole) != expected:
                differs(path + " was changed")
    for name in os.listdir(os.path.join(folder, "tables")):
        if "tables/" + name not in named:
            differs("tables/" + name + " was added")
    if differences == before:
        holds("%d files have the checksums they were packed with" % count)


def check_counts(manifest):
    before = differences
    for table in manifest["tables"]:
        if table["file"]:
            rows = sum(1 for _ in lines(table["name"]))
            if rows != table["rows"]:
                differs("%s has %d rows, the manifest says %d" % (table["name"], rows, table["rows"]))
    if differences == before:
        holds("every table has as many rows as the manifest says")


def field(value):
    """One field of a hashed text: its length in bytes, a colon, its UTF-8 bytes."""
    text = ("" if value is None else str(value)).encode("utf-8")
    return str(len(text)).encode("ascii") + b":" + text


def hash_posting(previous, posting, movements):
    names = (
        "seq id organization_id reason occurred_at recorded_at actor_kind actor_id actor_name "
        "reference_type reference_id request_id note reverses"
    ).split()
    text = previous.encode("ascii") + field("stowage.posting.1")
    text += b"".join(field(posting[name]) for name in names) + field(len(movements))
    names = "item_id lot_id serial_id source target quantity reservation_id".split()
    for movement in movements:
        text += b"".join(field(movement[name]) for name in names)
    return hashlib.sha256(text).hexdigest()


def postings_with_movements():
    """Both files are in the order of the chain, so that neither has to fit into memory."""
    movements = lines("stock_movements")
    movement = next(movements, None)
    for posting in lines("stock_postings"):
        own = []
        while movement is not None and movement["posting_seq"] <= posting["seq"]:
            own.append(movement)
            movement = next(movements, None)
        yield posting, own
    if movement is not None:
        differs("movement %d belongs to no posting" % movement["position"])


def check_ledger(manifest):
    before = differences
    seq, head = 0, "0" * 64
    moved = defaultdict(int)
    confirmed = defaultdict(int)
    count = 0
    for posting, movements in postings_with_movements():
        if posting["seq"] != seq + 1:
            differs("posting %d is missing" % (seq + 1))
        elif posting["previous_hash"] != head:
            differs("posting %d does not follow the one before" % posting["seq"])
        if len(movements) != posting["movement_count"]:
            differs("posting %d has lost or gained movements" % posting["seq"])
        if hash_posting(posting["previous_hash"], posting, movements) != posting["hash"]:
            differs("posting %d was changed" % posting["seq"])
        for movement in movements:
            if movement["posting_seq"] != posting["seq"]:
                differs("movement %d belongs to no posting" % movement["position"])
            goods = (movement["item_id"], movement["lot_id"], movement["serial_id"])
            moved[goods + (movement["source"],)] -= movement["quantity"]
            moved[goods + (movement["target"],)] += movement["quantity"]
            if movement["reservation_id"]:
                confirmed[movement["reservation_id"]] += movement["quantity"]
            count += 1
        seq, head = posting["seq"], posting["hash"]
    if seq != manifest["ledger"]["postings"] or head != manifest["ledger"]["head_hash"]:
        differs("the ledger does not end where the manifest says")
    if differences == before:
        holds("ledger: %d postings, %d movements, each follows the one before" % (seq, count))
    print("         head of the ledger  " + head)
    check_levels(moved, check_reservations(confirmed))


def check_reservations(confirmed):
    held = defaultdict(int)
    before, count = differences, 0
    for row in lines("stock_reservations"):
        count += 1
        if confirmed.pop(row["id"], 0) != row["confirmed_quantity"]:
            differs("reservation %s was confirmed by another quantity" % row["id"])
        if row["open_quantity"] and row["account_id"]:
            key = (row["item_id"], row["lot_id"], row["serial_id"], row["account_id"])
            held[key] += row["open_quantity"]
    for reservation in confirmed:
        differs("movements confirm the reservation %s, which is not there" % reservation)
    if differences == before:
        holds("reservations: %d, each confirmed by as much as movements say" % count)
    return held


def check_levels(moved, held):
    before, count = differences, 0
    total = defaultdict(int)
    for row in lines("stock_levels"):
        count += 1
        key = (row["item_id"], row["lot_id"], row["serial_id"], row["account_id"])
        total[key[:2]] += row["on_hand"]
        if moved.pop(key, 0) != row["on_hand"]:
            differs("the level %s is not what the movements make of it" % (key,))
        if held.pop(key, 0) != row["reserved"]:
            differs("the level %s does not reserve what is open" % (key,))
    for key, quantity in moved.items():
        if quantity:
            differs("the level %s is missing" % (key,))
    for key in held:
        differs("what is reserved at %s is missing" % (key,))
    for goods, quantity in total.items():
        if quantity:
            differs("the accounts of %s add up to %d instead of zero" % (goods, quantity))
    if differences == before:
        holds("levels: %d, equal to the replay, and every item adds up to zero" % count)


def fields(entry, names):
    return b"".join(field(entry[name]) for name in names.split())


def hash_entry(entry):
    """The next link: over the one before, and over what the entry says."""
    if entry.get("digest") is None:
        names = "previous_hash seq organization_id occurred_at actor_kind actor_id action "
        names += "subject_id changes ip user_agent request_id"
        return hashlib.sha256(fields(entry, names)).hexdigest()
    names = "seq organization_id occurred_at actor_kind actor_id impersonator_id action "
    names += "subject_id digest request_id"
    body = hashlib.sha256(fields(entry, names)).digest()
    return hashlib.sha256(bytes.fromhex(entry["previous_hash"]) + body).hexdigest()


def details_hold(entry):
    """What an entry tells of people stands behind a digest; without the salt it was forgotten."""
    if entry.get("digest") is None:
        return True
    if entry["salt"] is None:
        return entry["changes"] == "{}" and entry["ip"] == "" and entry["user_agent"] == ""
    text = fields(entry, "changes ip user_agent actor_name impersonator_name")
    return hashlib.sha256(bytes.fromhex(entry["salt"]) + text).hexdigest() == entry["digest"]


def check_audit(manifest):
    before = differences
    seq, head = 0, "0" * 64
    for entry in lines("audit_entries"):
        if entry["seq"] != seq + 1:
            differs("audit entry %d is missing" % (seq + 1))
        elif entry["previous_hash"] != head:
            differs("audit entry %d does not follow the one before" % entry["seq"])
        if hash_entry(entry) != entry["hash"]:
            differs("audit entry %d was changed" % entry["seq"])
        elif not details_hold(entry):
            differs("the details of audit entry %d were changed" % entry["seq"])
        seq, head = entry["seq"], entry["hash"]
    if seq != manifest["audit"]["entries"] or head != manifest["audit"]["head_hash"]:
        differs("the audit trail does not end where the manifest says")
    if differences == before:
        holds("audit trail: %d entries, each follows the one before" % seq)
    print("         head of the trail   " + head)


def main():
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    if manifest["format"] != 1:
        print("This script knows format 1; the archive has format %s." % manifest["format"])
        return 1
    print("%s, as it was at %s" % (manifest["tenant"]["name"], manifest["made_at"]))
    check_files()
    check_counts(manifest)
    check_ledger(manifest)
    check_audit(manifest)
    print("%d differences" % differences if differences else "everything holds")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
