/** The catalogue of problems: every code a caller can meet, its status, and what to do about it. */

interface ProblemKind {
  status: number
  title: string
  /** One sentence for the documentation: what the caller does now. */
  remedy: string
}

const kind = (status: number, title: string, remedy: string): ProblemKind => ({
  status,
  title,
  remedy,
})

export const problems = {
  // the door
  malformed: kind(400, 'Malformed request', 'Send well-formed JSON.'),
  idempotency_key_required: kind(
    400,
    'Idempotency-Key required',
    'Send an Idempotency-Key header: this request moves stock or money, and a retry must be safe.',
  ),
  unauthenticated: kind(401, 'Not signed in', 'Send a valid token as `Authorization: Bearer …`.'),
  forbidden: kind(403, 'Not permitted', 'Ask an administrator for the permission named here.'),
  feature_unavailable: kind(
    403,
    'Feature not available',
    'Read `decided_by`: choose another plan, meet the requirement, or ask the operator.',
  ),
  limit_reached: kind(
    403,
    'Limit of the plan reached',
    'Remove one, or choose a plan with a higher limit.',
  ),
  quota_exceeded: kind(
    403,
    'Quota of the period used up',
    'Wait for the next period, or choose a plan that includes more.',
  ),
  not_found: kind(404, 'Not found', 'Check the id and the organization of your token.'),
  method_not_allowed: kind(405, 'Method not allowed', 'Use one of the methods in `Allow`.'),
  conflict: kind(409, 'Conflict', 'Read the resource again and decide anew.'),
  idempotency_in_progress: kind(
    409,
    'Still in progress',
    'The first request with this key is still running: retry after a moment.',
  ),
  version_mismatch: kind(412, 'Changed meanwhile', 'Read again and send the new ETag in If-Match.'),
  payload_too_large: kind(413, 'Too large', 'Send less at once; lists and imports can be split.'),
  unsupported_media_type: kind(415, 'Unsupported media type', 'Send `application/json`.'),
  invalid: kind(422, 'Invalid input', 'Correct the fields named in `errors`.'),
  idempotency_key_reused: kind(
    422,
    'Idempotency-Key reused',
    'This key was used for another request: choose a new key.',
  ),
  version_required: kind(
    428,
    'If-Match required',
    'Read the resource and send its ETag in If-Match.',
  ),
  rate_limited: kind(429, 'Too many requests', 'Wait for the seconds in `Retry-After`.'),
  internal: kind(500, 'Our mistake', 'Retry; if it stays, report the incident id.'),
  unavailable: kind(503, 'Not available now', 'Retry after the seconds in `Retry-After`.'),
  // values
  invalid_quantity: kind(
    422,
    'Invalid quantity',
    'Send a decimal string within the scale of the unit.',
  ),
  invalid_money: kind(
    422,
    'Invalid amount',
    'Send minor units as an integer and an ISO 4217 currency.',
  ),
  // access
  sign_in_refused: kind(
    401,
    'Not recognised',
    'Check e-mail, password and the short name of the business.',
  ),
  locked_out: kind(429, 'Too many attempts', 'Wait for the seconds in `Retry-After`.'),
  weak_password: kind(422, 'Password too weak', 'Choose a longer or a less common password.'),
  link_spent: kind(410, 'Link no longer valid', 'Ask for a new link: each works once.'),
  exceeds_own_rights: kind(
    403,
    'More than you have',
    'Grant at most what your own role or token grants.',
  ),
  token_inactive: kind(409, 'Token has ended', 'Create a new token instead.'),
  already_rotated: kind(409, 'Already rotated', 'Rotate the token in `replaced_by` instead.'),
  member_exists: kind(409, 'Already a member', 'Change the role of the member instead.'),
  person_known: kind(
    409,
    'Has an account already',
    'Send an invitation: whoever reads that mailbox accepts it.',
  ),
  last_owner: kind(409, 'Last owner', 'Make somebody else an owner first.'),
  duplicate_slug: kind(409, 'Short name taken', 'Choose another short name.'),
  duplicate_role: kind(409, 'Name taken', 'Choose another name for the role.'),
  role_in_use: kind(409, 'Role in use', 'Give those who have it another role first.'),
  invitation_open: kind(409, 'Already invited', 'Send the invitation that is open again.'),
  invitation_closed: kind(409, 'Invitation is over', 'Invite the person anew.'),
  invitation_limit: kind(
    409,
    'Too many invitations',
    'Wait until some are accepted, take some back, or hand a link over yourself.',
  ),
  wrong_password: kind(403, 'Wrong password', 'Type the password you sign in with now.'),
  organization_in_use: kind(
    409,
    'Organization in use',
    'Bring what `open` lists to its end, or name another default organization; then archive it.',
  ),
  organization_archived: kind(
    409,
    'Organization archived',
    'Have it restored by whoever leads the business.',
  ),
  not_default: kind(409, 'Cannot be the default', 'Give the organization an owner first.'),
  // security
  code_refused: kind(401, 'Code not right', 'Type the code that is shown now; each works once.'),
  step_up_required: kind(
    403,
    'Confirm that it is you',
    'Confirm with your password or a code on /confirm, then do it again; tokens are never asked.',
  ),
  address_refused: kind(
    403,
    'Not from this address',
    'Come from an address that the business allows, or ask its owner or the operator.',
  ),
  second_factor_exists: kind(409, 'Second factor exists', 'Remove the one you have first.'),
  second_factor_missing: kind(409, 'No second factor', 'Set up a second factor first.'),
  support_refused: kind(
    403,
    'Support is not let in',
    'Ask an owner of the business to allow it under People, Security.',
  ),
  erases_oneself: kind(409, 'Not yourself', 'Ask another owner to let you be forgotten.'),
  // mail
  mail_state: kind(
    409,
    'Not possible now',
    'See `mail_state`: what was sent or cancelled stays so.',
  ),
  mail_emptied: kind(
    410,
    'Text not kept',
    'Have it made anew where it came from: invite again, ask for a new link.',
  ),
  mail_not_set_up: kind(409, 'No mail server', 'Set `smtp_url` and `mail_from`, and start again.'),
  // domains, set-up
  domain_taken: kind(409, 'Domain taken', 'Use another domain, or have its holder release it.'),
  domain_quarantined: kind(
    409,
    'Domain released a short time ago',
    'Wait until `quarantined_until`, or have the operator release it from its quarantine.',
  ),
  domain_not_proven: kind(
    409,
    'Proof not found',
    'Put the TXT record named in `record` into the DNS, wait until it can be seen, and try again.',
  ),
  sandbox_only: kind(409, 'Only in a sandbox', 'Do this in a business whose kind is sandbox.'),
  not_empty: kind(409, 'Something is there already', 'Found another sandbox and load it there.'),
  // requirements
  duplicate_requirement: kind(
    409,
    'Required already',
    'Reopen the requirement in `requirement_id` if it was met or waived.',
  ),
  requirement_unmet: kind(409, 'Not done yet', 'Do what the requirement says, then try again.'),
  // carriers
  unknown_carrier: kind(422, 'Unknown carrier', 'Choose a carrier from the list of carriers.'),
  carrier_operation_unsupported: kind(
    422,
    'Not offered by this carrier',
    'The list of carriers says what each of them can do.',
  ),
  // catalogue
  duplicate_sku: kind(409, 'Sku taken', 'Use another sku, or change the item that has it.'),
  duplicate_barcode: kind(409, 'Barcode taken', 'Remove the barcode from the other item first.'),
  duplicate_lot: kind(409, 'Lot exists', 'Use the lot named in `lot_id`.'),
  lot_mismatch: kind(409, 'Another lot', 'Check the label: this lot is known with other dates.'),
  // locations and parties
  duplicate_location: kind(409, 'Code taken', 'Use another code, or change the one that has it.'),
  location_in_use: kind(409, 'Location in use', 'Empty the location, or replace its role, first.'),
  location_archived: kind(409, 'Location archived', 'Restore the location, or use another one.'),
  duplicate_party: kind(409, 'Code taken', 'Use another code, or change the party that has it.'),
  // stock, purchasing and orders
  lot_required: kind(422, 'Lot required', 'Say which lot: this item is tracked by lot.'),
  serial_required: kind(422, 'Serial required', 'Say which unit: this item is tracked by serial.'),
  not_there_yet: kind(409, 'Not there yet', 'Use the `seq` of a posting of this business.'),
  document_posting: kind(
    409,
    'Belongs to a document',
    'Take it back through the document named in `reference_id`.',
  ),
  over_receipt: kind(409, 'More than ordered', 'Receive at most what is `outstanding`.'),
  order_state: kind(
    409,
    'Not possible now',
    'See `order_status`; `possible_in` says in which ones this can be done.',
  ),
  order_closed: kind(409, 'Order closed', 'The order is closed or cancelled: make a new one.'),
  duplicate_number: kind(409, 'Number taken', 'Use another number, or none to get the next one.'),
  order_held: kind(409, 'On hold', 'Release the order first; `hold_reason` says why it waits.'),
  order_in_hand: kind(409, 'Goods in hand', 'Unpack its parcels and put its goods back first.'),
  duplicate_reference: kind(
    409,
    'Reference taken',
    'This order was taken down already: see `sales_order_id`.',
  ),
  not_allocated: kind(409, 'Not allocated', 'Pick what `to_pick` of the order says.'),
  lot_held: kind(
    409,
    'Lot held',
    'Report a short pick of 0 there: other goods are sought. Or let the lot go first.',
  ),
  not_picked: kind(409, 'Not on the bench', 'Pick the goods first; pack at most `available`.'),
  not_packed: kind(409, 'Nothing packed', 'Pack the goods into parcels first.'),
  parcel_dispatched: kind(409, 'Parcel has left', 'Void its dispatch or its shipment first.'),
  not_dispatched: kind(409, 'Not under way', 'Name parcels that have left and not arrived.'),
  transfer_closed: kind(409, 'Transfer closed', 'Nothing of this transfer is under way any more.'),
  count_closed: kind(409, 'Count closed', 'Ask for a new count.'),
  count_incomplete: kind(
    409,
    'Count not complete',
    'Count the lines in `uncounted`, and those in `to_recount` once more.',
  ),
  // ledger
  insufficient_stock: kind(
    409,
    'Not enough stock',
    'Ask for at most `available`, or bring in the `shortfall` first.',
  ),
  stock_reserved: kind(
    409,
    'Stock is spoken for',
    'Name the reservation that this movement confirms, or release one first.',
  ),
  stale_quantity: kind(
    409,
    'Quantity changed meanwhile',
    'Decide anew with the `current` quantity and send that as expected.',
  ),
  unknown_reason: kind(422, 'Unknown reason', 'Use a code from the list of stock reasons.'),
  reason_mismatch: kind(
    422,
    'Reason does not fit',
    'Use a reason whose counterpart is the account these goods come from or go to.',
  ),
  account_exists: kind(409, 'Account exists', 'Use the account named in `account_id`.'),
  account_closed: kind(409, 'Account closed', 'Move the goods to or from an open account.'),
  account_in_use: kind(409, 'Account in use', 'Move everything out of the account first.'),
  occurred_in_future: kind(
    422,
    'Not happened yet',
    'Send a time that has passed, or leave `occurred_at` out.',
  ),
  backdated_too_far: kind(
    422,
    'Too far back',
    'Send a time after `earliest`, or change how far postings may be dated back.',
  ),
  period_closed: kind(
    409,
    'Period closed',
    'Date it after `closed_until`: what is closed is corrected in the open period.',
  ),
  serial_elsewhere: kind(
    409,
    'Serial is elsewhere',
    'Move the unit from the account in `account_id`: one unit is in one place.',
  ),
  already_reversed: kind(
    409,
    'Already reversed',
    'See the posting in `reversed_by`: a posting is reversed once.',
  ),
  reversal_is_final: kind(
    409,
    'A reversal stays',
    'Post the movement anew instead of reversing its reversal.',
  ),
  reservation_closed: kind(
    409,
    'Reservation has ended',
    'Reserve anew: this one is `state` already.',
  ),
  reservation_expired: kind(409, 'Reservation ran out', 'Reserve anew: its time is over.'),
  reservation_exceeded: kind(
    409,
    'More than reserved',
    'Confirm at most `open_quantity`, or move the rest without the reservation.',
  ),
  reservation_mismatch: kind(
    422,
    'Not this reservation',
    'A movement confirms a reservation of its own goods at its own source.',
  ),
  // shipping
  connection_paused: kind(
    409,
    'Connection paused',
    'Resume the carrier connection, or use another.',
  ),
  no_carrier_connected: kind(409, 'No carrier', 'Connect a carrier account first.'),
  shipment_state: kind(
    409,
    'Not possible now',
    'See `shipment_status`; `allowed` says in which ones this can be done.',
  ),
  purchase_in_progress: kind(409, 'Being bought', 'Wait a moment, then read the shipment.'),
  carrier_refused: kind(
    422,
    'The carrier refused',
    'Follow the `remedy` of each of the `messages`.',
  ),
  carrier_unreachable: kind(
    503,
    'The carrier did not answer',
    'Nothing was bought: try again later.',
  ),
  duplicate_tracker: kind(409, 'Followed already', 'Use the tracker named in `tracker_id`.'),
  // webhooks, jobs, schedule
  webhook_url_refused: kind(
    422,
    'Address refused',
    'Use an https address that is reachable on the public internet.',
  ),
  webhook_endpoint_disabled: kind(
    409,
    'Endpoint disabled',
    'Enable the endpoint first; then send the request again.',
  ),
  job_finished: kind(409, 'Job has ended', 'See its `state`; what has ended cannot be cancelled.'),
  job_not_failed: kind(
    409,
    'Nothing to retry',
    'Only a job that failed, expired or was cancelled can be tried again.',
  ),
  schedule_running: kind(409, 'Already running', 'Wait until the run named in `run_id` has ended.'),
  // plans
  duplicate_plan: kind(409, 'Code taken', 'Use another code for the plan.'),
  plan_in_use: kind(409, 'Somebody is or was on it', 'Retire the plan instead.'),
  plan_not_self_service: kind(
    403,
    'Not chosen by oneself',
    'Ask the operator of this installation to put you on this plan.',
  ),
  over_plan_limits: kind(
    409,
    'More in use than the plan gives',
    'See `over`: remove so many, or choose another plan.',
  ),
  trial_used: kind(409, 'Tried already', 'A business tries once: choose the plan itself.'),
  duplicate_flag: kind(409, 'Rolled out already', 'Change the flag named in `flag_id`.'),
  // returns
  return_state: kind(
    409,
    'Not possible now',
    'See `return_status`; `allowed` says in which ones this can be done.',
  ),
  not_returnable: kind(409, 'Cannot come back', 'See `available`: so much can still come back.'),
} satisfies Record<string, ProblemKind>

export type ProblemCode = keyof typeof problems
