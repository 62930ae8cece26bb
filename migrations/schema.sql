-- The tables as all migrations leave them; written by `npm run schema`, checked by a test.

TABLE access_token
  id uuid NOT NULL
  hash bytea NOT NULL
  tablet_id uuid
  staff_id uuid
  created_at timestamp with time zone NOT NULL
  expires_at timestamp with time zone NOT NULL
  revoked_at timestamp with time zone
  CHECK (((tablet_id IS NOT NULL) OR (staff_id IS NOT NULL)))
  FOREIGN KEY (staff_id) REFERENCES staff(id)
  FOREIGN KEY (tablet_id) REFERENCES tablet(id)
  PRIMARY KEY (id)
  UNIQUE (hash)
  CREATE INDEX access_token_staff ON public.access_token USING btree (staff_id)
  CREATE INDEX access_token_tablet ON public.access_token USING btree (tablet_id)

TABLE activity PARTITION BY RANGE (occurred_at)
  id uuid NOT NULL
  record_id uuid NOT NULL
  occurred_at timestamp with time zone NOT NULL
  kind text NOT NULL
  channel text NOT NULL
  department text NOT NULL
  source_id uuid NOT NULL
  session text
  params jsonb NOT NULL DEFAULT '{}'::jsonb
  PRIMARY KEY (record_id, occurred_at, id)
  PARTITION activity_default DEFAULT

TABLE attempt
  subject text NOT NULL
  window_start timestamp with time zone NOT NULL
  misses integer NOT NULL
  PRIMARY KEY (subject)

TABLE audit PARTITION BY RANGE (at)
  id uuid NOT NULL
  at timestamp with time zone NOT NULL
  action text NOT NULL
  actor_kind text NOT NULL
  actor_id uuid
  staff_id uuid
  tablet_id uuid
  store_id uuid
  customer_id uuid
  record_id uuid
  visit_id uuid
  fields text[] NOT NULL DEFAULT '{}'::text[]
  detail jsonb NOT NULL DEFAULT '{}'::jsonb
  PRIMARY KEY (id, at)
  CREATE INDEX audit_customer ON ONLY public.audit USING btree (customer_id, at)
  CREATE INDEX audit_visit ON ONLY public.audit USING btree (visit_id, at)
  PARTITION audit_default DEFAULT

TABLE blocked_value
  kind text NOT NULL
  key text NOT NULL
  reason text NOT NULL
  store_id uuid
  created_at timestamp with time zone NOT NULL
  PRIMARY KEY (kind, key)

TABLE configuration
  id uuid NOT NULL
  record_id uuid NOT NULL
  source_id uuid NOT NULL
  session_id text NOT NULL
  code text NOT NULL
  model text NOT NULL
  model_label text
  options jsonb NOT NULL DEFAULT '[]'::jsonb
  abandoned jsonb NOT NULL DEFAULT '[]'::jsonb
  total_minor bigint NOT NULL
  currency text NOT NULL
  image_url text
  url text
  revision integer NOT NULL
  saved boolean NOT NULL DEFAULT false
  started_at timestamp with time zone NOT NULL
  last_edited_at timestamp with time zone NOT NULL
  visit_id uuid
  PRIMARY KEY (id)
  UNIQUE (code)
  UNIQUE (source_id, session_id)
  CREATE INDEX configuration_record ON public.configuration USING btree (record_id, last_edited_at DESC)

TABLE configuration_event
  configuration_id uuid NOT NULL
  occurred_at timestamp with time zone NOT NULL
  id uuid NOT NULL
  kind text NOT NULL
  payload jsonb NOT NULL
  PRIMARY KEY (configuration_id, occurred_at, id)

TABLE consent
  record_id uuid NOT NULL
  purpose text NOT NULL
  channel text NOT NULL DEFAULT 'any'::text
  granted boolean NOT NULL
  at timestamp with time zone NOT NULL
  source_id uuid NOT NULL
  PRIMARY KEY (record_id, purpose, channel)

TABLE customer
  id uuid NOT NULL
  created_at timestamp with time zone NOT NULL
  version bigint NOT NULL DEFAULT 1
  separations integer NOT NULL DEFAULT 0
  PRIMARY KEY (id)

TABLE customer_alias
  alias_id uuid NOT NULL
  customer_id uuid NOT NULL
  since timestamp with time zone NOT NULL
  PRIMARY KEY (alias_id)
  CREATE INDEX customer_alias_customer ON public.customer_alias USING btree (customer_id)

TABLE customer_change
  id uuid NOT NULL
  at timestamp with time zone NOT NULL
  kind text NOT NULL
  customer_id uuid NOT NULL
  cause jsonb NOT NULL
  before jsonb NOT NULL
  after jsonb NOT NULL
  PRIMARY KEY (id)
  CREATE INDEX customer_change_customer ON public.customer_change USING btree (customer_id, at)

TABLE dead_letter
  id uuid NOT NULL
  queue text NOT NULL
  name text NOT NULL
  payload jsonb NOT NULL
  error text NOT NULL
  attempts integer NOT NULL
  failed_at timestamp with time zone NOT NULL
  replayed_at timestamp with time zone
  PRIMARY KEY (id)
  CREATE INDEX dead_letter_open ON public.dead_letter USING btree (failed_at) WHERE (replayed_at IS NULL)

TABLE edge
  lo uuid NOT NULL
  hi uuid NOT NULL
  kind text NOT NULL
  weight real NOT NULL
  effective boolean NOT NULL
  evidence jsonb NOT NULL
  model integer NOT NULL
  refused text
  CHECK ((lo < hi))
  PRIMARY KEY (lo, hi, kind)
  CREATE INDEX edge_doubtful ON public.edge USING btree (((- weight)), lo, hi) WHERE (effective AND (weight < (20)::double precision))
  CREATE INDEX edge_hi ON public.edge USING btree (hi)
  CREATE INDEX edge_refused ON public.edge USING btree (((- weight)), lo, hi) WHERE (refused IS NOT NULL)

TABLE enrol_code
  hash bytea NOT NULL
  tablet_id uuid NOT NULL
  expires_at timestamp with time zone NOT NULL
  FOREIGN KEY (tablet_id) REFERENCES tablet(id) ON DELETE CASCADE
  PRIMARY KEY (hash)
  CREATE INDEX enrol_code_tablet ON public.enrol_code USING btree (tablet_id)

TABLE fact
  customer_id uuid NOT NULL
  step text NOT NULL
  state text NOT NULL
  payload jsonb
  input_version bigint NOT NULL
  separations integer NOT NULL
  computed_at timestamp with time zone NOT NULL
  error text
  PRIMARY KEY (customer_id, step)

TABLE feed_entry
  store_id uuid NOT NULL
  seq bigint NOT NULL
  kind text NOT NULL
  visit_id uuid NOT NULL
  at timestamp with time zone NOT NULL
  PRIMARY KEY (store_id, seq)
  CREATE INDEX feed_entry_at ON public.feed_entry USING btree (at)

TABLE idempotency_key PARTITION BY HASH (operation)
  operation text NOT NULL
  scope uuid NOT NULL
  key text NOT NULL
  input_hash bytea NOT NULL
  result_type text NOT NULL
  result jsonb NOT NULL
  created_at timestamp with time zone NOT NULL
  PRIMARY KEY (operation, scope, key)
  PARTITION idempotency_key_p0 FOR VALUES WITH (modulus 8, remainder 0)
  PARTITION idempotency_key_p1 FOR VALUES WITH (modulus 8, remainder 1)
  PARTITION idempotency_key_p2 FOR VALUES WITH (modulus 8, remainder 2)
  PARTITION idempotency_key_p3 FOR VALUES WITH (modulus 8, remainder 3)
  PARTITION idempotency_key_p4 FOR VALUES WITH (modulus 8, remainder 4)
  PARTITION idempotency_key_p5 FOR VALUES WITH (modulus 8, remainder 5)
  PARTITION idempotency_key_p6 FOR VALUES WITH (modulus 8, remainder 6)
  PARTITION idempotency_key_p7 FOR VALUES WITH (modulus 8, remainder 7)

TABLE identifier
  record_id uuid NOT NULL
  kind text NOT NULL
  key text NOT NULL
  value text NOT NULL
  asserted boolean NOT NULL
  first_seen_at timestamp with time zone NOT NULL
  last_seen_at timestamp with time zone NOT NULL
  PRIMARY KEY (record_id, kind, key)
  CREATE INDEX identifier_lookup ON public.identifier USING btree (kind, key, record_id)

TABLE import_row
  run_id uuid NOT NULL
  row_key bigint NOT NULL
  content bigint NOT NULL
  line bigint NOT NULL
  PRIMARY KEY (run_id, row_key)

TABLE import_run
  id uuid NOT NULL
  source_id uuid NOT NULL
  file_hash bytea NOT NULL
  file_size bigint NOT NULL
  plan_hash bytea NOT NULL
  started_at timestamp with time zone NOT NULL
  rows_done bigint NOT NULL DEFAULT 0
  counts jsonb NOT NULL DEFAULT '{}'::jsonb
  finished_at timestamp with time zone
  PRIMARY KEY (id)
  UNIQUE (source_id, file_hash, file_size, plan_hash)

TABLE judgement
  id uuid NOT NULL
  lo uuid NOT NULL
  hi uuid NOT NULL
  verdict text NOT NULL
  by_kind text NOT NULL
  by_id uuid
  visit_id uuid
  why text NOT NULL
  at timestamp with time zone NOT NULL
  revoked_at timestamp with time zone
  revoked_by uuid
  CHECK ((lo < hi))
  CHECK ((verdict = ANY (ARRAY['same'::text, 'different'::text, 'unsure'::text])))
  PRIMARY KEY (id)
  CREATE INDEX judgement_hi ON public.judgement USING btree (hi) WHERE (revoked_at IS NULL)
  CREATE INDEX judgement_lo ON public.judgement USING btree (lo) WHERE (revoked_at IS NULL)

TABLE match_key
  hash bigint NOT NULL
  record_id uuid NOT NULL
  PRIMARY KEY (hash, record_id)

TABLE membership
  record_id uuid NOT NULL
  customer_id uuid NOT NULL
  since timestamp with time zone NOT NULL
  PRIMARY KEY (record_id)
  CREATE INDEX membership_customer ON public.membership USING btree (customer_id, record_id)

TABLE message PARTITION BY RANGE (received_at)
  id uuid NOT NULL
  received_at timestamp with time zone NOT NULL
  source_id uuid NOT NULL
  message_id text NOT NULL
  kind text NOT NULL
  occurred_at timestamp with time zone NOT NULL
  asserted boolean NOT NULL
  body json NOT NULL
  PRIMARY KEY (id, received_at)
  CREATE INDEX message_source ON ONLY public.message USING btree (source_id, received_at)
  PARTITION message_default DEFAULT

TABLE message_key PARTITION BY HASH (source_id)
  source_id uuid NOT NULL
  message_id text NOT NULL
  PRIMARY KEY (source_id, message_id)
  PARTITION message_key_p0 FOR VALUES WITH (modulus 8, remainder 0)
  PARTITION message_key_p1 FOR VALUES WITH (modulus 8, remainder 1)
  PARTITION message_key_p2 FOR VALUES WITH (modulus 8, remainder 2)
  PARTITION message_key_p3 FOR VALUES WITH (modulus 8, remainder 3)
  PARTITION message_key_p4 FOR VALUES WITH (modulus 8, remainder 4)
  PARTITION message_key_p5 FOR VALUES WITH (modulus 8, remainder 5)
  PARTITION message_key_p6 FOR VALUES WITH (modulus 8, remainder 6)
  PARTITION message_key_p7 FOR VALUES WITH (modulus 8, remainder 7)

TABLE open_matter
  id uuid NOT NULL
  record_id uuid NOT NULL
  source_id uuid NOT NULL
  department text NOT NULL
  reference text NOT NULL
  summary text NOT NULL
  complaint boolean NOT NULL DEFAULT false
  opened_at timestamp with time zone NOT NULL
  closed_at timestamp with time zone
  PRIMARY KEY (id)
  UNIQUE (source_id, reference)
  CREATE INDEX open_matter_record ON public.open_matter USING btree (record_id)

TABLE outbox PARTITION BY RANGE (created_at)
  id uuid NOT NULL
  created_at timestamp with time zone NOT NULL
  topic text NOT NULL
  payload jsonb NOT NULL
  priority smallint NOT NULL DEFAULT 10
  PRIMARY KEY (id, created_at)
  CREATE INDEX outbox_order ON ONLY public.outbox USING btree (priority, id)
  PARTITION outbox_default DEFAULT

TABLE overgrown
  record_id uuid NOT NULL
  since timestamp with time zone NOT NULL
  records integer
  decided_at timestamp with time zone
  kind text
  key text
  holders integer
  PRIMARY KEY (record_id)

TABLE owned_product
  id uuid NOT NULL
  record_id uuid NOT NULL
  source_id uuid NOT NULL
  reference text NOT NULL
  label text NOT NULL
  since timestamp with time zone
  until timestamp with time zone
  detail text
  said_at timestamp with time zone NOT NULL
  PRIMARY KEY (id)
  UNIQUE (source_id, reference)
  CREATE INDEX owned_product_record ON public.owned_product USING btree (record_id)

TABLE pass
  id uuid NOT NULL
  kind text NOT NULL
  record_id uuid NOT NULL
  configuration_id uuid
  hash bytea
  key_id text
  strength text NOT NULL
  issued_at timestamp with time zone NOT NULL
  expires_at timestamp with time zone NOT NULL
  used_at timestamp with time zone
  used_visit_id uuid
  used_store_id uuid
  revoked_at timestamp with time zone
  PRIMARY KEY (id)
  UNIQUE (hash)
  CREATE INDEX pass_configuration ON public.pass USING btree (configuration_id) WHERE (kind = 'LINK'::text)
  CREATE INDEX pass_expiry ON public.pass USING btree (expires_at)
  CREATE INDEX pass_record ON public.pass USING btree (record_id)

TABLE purchase
  id uuid NOT NULL
  record_id uuid NOT NULL
  source_id uuid NOT NULL
  order_number text NOT NULL
  ordered_at timestamp with time zone NOT NULL
  label text NOT NULL
  total_minor bigint
  currency text
  channel text NOT NULL
  state text NOT NULL DEFAULT 'COMPLETED'::text
  lines jsonb NOT NULL DEFAULT '[]'::jsonb
  said_at timestamp with time zone
  PRIMARY KEY (id)
  UNIQUE (source_id, order_number)
  CREATE INDEX purchase_record ON public.purchase USING btree (record_id, ordered_at)

TABLE quarantine
  id uuid NOT NULL
  source_id uuid NOT NULL
  received_at timestamp with time zone NOT NULL
  reason text NOT NULL
  detail text NOT NULL
  asserted boolean NOT NULL
  body text NOT NULL
  sent_at timestamp with time zone
  settled_at timestamp with time zone
  settlement text
  PRIMARY KEY (id)
  CREATE INDEX quarantine_open ON public.quarantine USING btree (received_at) WHERE (settled_at IS NULL)

TABLE record
  id uuid NOT NULL
  source_id uuid NOT NULL
  source_key text NOT NULL
  country text NOT NULL
  trusted boolean NOT NULL
  traits jsonb NOT NULL DEFAULT '{}'::jsonb
  normalised jsonb NOT NULL DEFAULT '{}'::jsonb
  normaliser integer NOT NULL DEFAULT 1
  traits_at jsonb NOT NULL DEFAULT '{}'::jsonb
  first_seen_at timestamp with time zone NOT NULL
  last_seen_at timestamp with time zone NOT NULL
  version integer NOT NULL DEFAULT 1
  deleted_at timestamp with time zone
  match_keys bigint[] NOT NULL DEFAULT '{}'::bigint[]
  turn bigint NOT NULL DEFAULT nextval('record_turn'::regclass)
  PRIMARY KEY (id)
  UNIQUE (source_id, source_key)
  CREATE INDEX record_family_name ON public.record USING btree (((((normalised -> 'name'::text) -> 'family'::text) ->> '-1'::integer)))
  CREATE INDEX record_turn_of ON public.record USING btree (turn)

TABLE redemption
  id uuid NOT NULL
  pass_id uuid NOT NULL
  visit_id uuid NOT NULL
  store_id uuid NOT NULL
  at timestamp with time zone NOT NULL
  repeated boolean NOT NULL DEFAULT false
  alarm boolean NOT NULL DEFAULT false
  PRIMARY KEY (id)
  CREATE INDEX redemption_pass ON public.redemption USING btree (pass_id, at)
  CREATE INDEX redemption_visit ON public.redemption USING btree (visit_id)

TABLE revision
  configuration_id uuid NOT NULL
  number integer NOT NULL
  occurred_at timestamp with time zone NOT NULL
  options jsonb NOT NULL
  abandoned jsonb NOT NULL
  total_minor bigint NOT NULL
  currency text NOT NULL
  PRIMARY KEY (configuration_id, number)

TABLE scoring_model
  version integer NOT NULL
  weights jsonb NOT NULL
  pairs integer NOT NULL
  estimated_at timestamp with time zone NOT NULL
  switched_at timestamp with time zone
  active boolean NOT NULL DEFAULT false
  PRIMARY KEY (version)
  CREATE UNIQUE INDEX scoring_model_active ON public.scoring_model USING btree (active) WHERE active

TABLE source
  id uuid NOT NULL
  code text NOT NULL
  name text NOT NULL
  kind text NOT NULL
  department text NOT NULL
  country text NOT NULL
  trusted boolean NOT NULL DEFAULT false
  store_id uuid
  created_at timestamp with time zone NOT NULL
  FOREIGN KEY (store_id) REFERENCES store(id)
  PRIMARY KEY (id)
  UNIQUE (code)

TABLE source_key
  id uuid NOT NULL
  source_id uuid NOT NULL
  kind text NOT NULL
  hash bytea NOT NULL
  origins text[] NOT NULL DEFAULT '{}'::text[]
  created_at timestamp with time zone NOT NULL
  expires_at timestamp with time zone
  revoked_at timestamp with time zone
  CHECK ((kind = ANY (ARRAY['BROWSER'::text, 'SERVER'::text])))
  FOREIGN KEY (source_id) REFERENCES source(id)
  PRIMARY KEY (id)
  UNIQUE (hash)

TABLE staff
  id uuid NOT NULL
  code text NOT NULL
  display_name text NOT NULL
  role text NOT NULL
  language text NOT NULL DEFAULT 'en'::text
  created_at timestamp with time zone NOT NULL
  revoked_at timestamp with time zone
  PRIMARY KEY (id)
  UNIQUE (code)

TABLE staff_pin
  staff_id uuid NOT NULL
  hash text NOT NULL
  set_at timestamp with time zone NOT NULL
  misses integer NOT NULL DEFAULT 0
  locked_until timestamp with time zone
  FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE
  PRIMARY KEY (staff_id)

TABLE staff_store
  staff_id uuid NOT NULL
  store_id uuid NOT NULL
  FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE
  FOREIGN KEY (store_id) REFERENCES store(id) ON DELETE CASCADE
  PRIMARY KEY (staff_id, store_id)

TABLE store
  id uuid NOT NULL
  code text NOT NULL
  name text NOT NULL
  time_zone text NOT NULL
  currency text NOT NULL
  country text NOT NULL
  language text NOT NULL DEFAULT 'en'::text
  promise_minutes integer DEFAULT 5
  closes_at text NOT NULL DEFAULT '20:00'::text
  created_at timestamp with time zone NOT NULL
  PRIMARY KEY (id)
  UNIQUE (code)

TABLE store_feed
  store_id uuid NOT NULL
  seq bigint NOT NULL DEFAULT 0
  PRIMARY KEY (store_id)

TABLE tablet
  id uuid NOT NULL
  store_id uuid NOT NULL
  name text NOT NULL
  created_at timestamp with time zone NOT NULL
  revoked_at timestamp with time zone
  FOREIGN KEY (store_id) REFERENCES store(id)
  PRIMARY KEY (id)

TABLE tablet_key
  tablet_id uuid NOT NULL
  public_key jsonb NOT NULL
  enrolled_at timestamp with time zone NOT NULL
  seen_at timestamp with time zone NOT NULL
  FOREIGN KEY (tablet_id) REFERENCES tablet(id) ON DELETE CASCADE
  PRIMARY KEY (tablet_id)

TABLE visit
  id uuid NOT NULL
  store_id uuid NOT NULL
  record_id uuid NOT NULL
  recognised_record_id uuid
  configuration_id uuid
  state text NOT NULL
  purpose text
  recognition text NOT NULL
  strength text NOT NULL
  matched_by jsonb NOT NULL DEFAULT '[]'::jsonb
  called_name text
  stated_name text
  party_size integer NOT NULL DEFAULT 1
  day date NOT NULL
  expected_at timestamp with time zone
  arrived_at timestamp with time zone
  taken_at timestamp with time zone
  away_at timestamp with time zone
  ended_at timestamp with time zone
  associate_id uuid
  outcome text
  note text
  sold_configuration_id uuid
  amount_minor bigint
  amount_currency text
  next_step text
  next_step_at timestamp with time zone
  lost_reason text
  alarm boolean NOT NULL DEFAULT false
  version integer NOT NULL DEFAULT 1
  PRIMARY KEY (id)
  CREATE INDEX visit_day ON public.visit USING btree (store_id, day)
  CREATE INDEX visit_open ON public.visit USING btree (store_id, arrived_at) WHERE (state = ANY (ARRAY['EXPECTED'::text, 'WAITING'::text, 'SERVING'::text, 'AWAY'::text]))
  CREATE INDEX visit_recognised ON public.visit USING btree (recognised_record_id)
  CREATE INDEX visit_record ON public.visit USING btree (record_id)

TABLE visit_candidate
  id uuid NOT NULL
  visit_id uuid NOT NULL
  record_id uuid NOT NULL
  masked_name text NOT NULL
  reasons jsonb NOT NULL
  rank integer NOT NULL
  PRIMARY KEY (id)
  CREATE INDEX visit_candidate_visit ON public.visit_candidate USING btree (visit_id, rank)

TABLE visit_seen
  visit_id uuid NOT NULL
  configuration_id uuid NOT NULL
  options jsonb NOT NULL
  total_minor bigint NOT NULL
  currency text NOT NULL
  PRIMARY KEY (visit_id, configuration_id)

TABLE wallet_step
  pass_id uuid NOT NULL
  step integer NOT NULL
  used_at timestamp with time zone NOT NULL
  visit_id uuid NOT NULL
  store_id uuid NOT NULL
  PRIMARY KEY (pass_id, step)
  CREATE INDEX wallet_step_used ON public.wallet_step USING btree (used_at)
