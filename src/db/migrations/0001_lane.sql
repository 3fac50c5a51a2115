-- What the write lane keeps: gap-free counters and the keys of commands that were committed.
-- db.migration is made by the migrating program itself, before this file.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- A counter row is updated by every batch that uses it: room on the page keeps those updates HOT.
CREATE TABLE db.counter (
    name  text NOT NULL,
    value bigint NOT NULL,
    CONSTRAINT counter_pkey PRIMARY KEY (name),
    CONSTRAINT counter_value_not_negative CHECK (value >= 0)
) WITH (fillfactor = 50);
COMMENT ON TABLE db.counter IS 'Gap-free numbers, touched by the write lane only';
COMMENT ON COLUMN db.counter.name IS 'What is counted, such as dossier/H37.12/230614, or lane/… for the batches of one lane; personal: no';
COMMENT ON COLUMN db.counter.value IS 'The last number that a committed command was given; personal: no';

CREATE TABLE db.idempotency (
    key         text NOT NULL,
    fingerprint text NOT NULL,
    answer      text NOT NULL,
    at          timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT idempotency_pkey PRIMARY KEY (key)
);
CREATE INDEX idempotency_at ON db.idempotency USING brin (at);
COMMENT ON TABLE db.idempotency IS 'Keys of committed commands, so that a repeated command gets its first answer and changes nothing';
COMMENT ON COLUMN db.idempotency.key IS 'Key that the caller made up for its command; personal: no';
COMMENT ON COLUMN db.idempotency.fingerprint IS 'Hash of the request that used the key; personal: no';
COMMENT ON COLUMN db.idempotency.answer IS 'What was answered, given back to a repetition; may hold the secret of a receipt; personal: yes';
COMMENT ON COLUMN db.idempotency.at IS 'When the command was committed; old keys are forgotten by this; personal: no';
