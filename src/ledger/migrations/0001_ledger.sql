-- Intake and sealed events, checkpoints, and the epoch that fences off an old sealer.
-- The schema `ledger` is made by the migrating program.
CREATE SCHEMA IF NOT EXISTS ledger;

CREATE TABLE ledger.intake (
    intake_id bigint GENERATED ALWAYS AS IDENTITY,
    id        uuid NOT NULL,
    kind      smallint NOT NULL,
    at        timestamptz NOT NULL,
    stream    text NOT NULL,
    seq       bigint NOT NULL,
    actor     text NOT NULL,
    payload   text NOT NULL,
    salt      bytea NOT NULL,
    prev      bytea NOT NULL,
    leaf      bytea NOT NULL,
    CONSTRAINT intake_pkey PRIMARY KEY (intake_id),
    CONSTRAINT intake_stream_seq UNIQUE (stream, seq),
    CONSTRAINT intake_seq_positive CHECK (seq > 0)
);
COMMENT ON TABLE ledger.intake IS 'Committed events that wait for the sealer';
COMMENT ON COLUMN ledger.intake.intake_id IS 'Order of sealing among visible rows; not the order of commits; personal: no';
COMMENT ON COLUMN ledger.intake.id IS 'Event, UUID version 7; personal: no';
COMMENT ON COLUMN ledger.intake.kind IS 'Number of the kind of event; personal: no';
COMMENT ON COLUMN ledger.intake.at IS 'When the step was taken; personal: no';
COMMENT ON COLUMN ledger.intake.stream IS 'Subject, such as dossier/<uuid>; personal: no';
COMMENT ON COLUMN ledger.intake.seq IS 'Number within the stream, from 1; personal: no';
COMMENT ON COLUMN ledger.intake.actor IS 'Position, citizen or system, never a name; personal: no';
COMMENT ON COLUMN ledger.intake.payload IS 'Canonical JSON, exact bytes that the leaf commits to; personal: no';
COMMENT ON COLUMN ledger.intake.salt IS 'Salt of the commitment; personal: no';
COMMENT ON COLUMN ledger.intake.prev IS 'Leaf hash of the previous event of the stream; personal: no';
COMMENT ON COLUMN ledger.intake.leaf IS 'Leaf hash of this event; personal: no';

CREATE TABLE ledger.event (
    idx        bigint NOT NULL,
    id         uuid NOT NULL,
    kind       smallint NOT NULL,
    at         timestamptz NOT NULL,
    stream     text NOT NULL,
    seq        bigint NOT NULL,
    actor      text NOT NULL,
    payload    text,
    salt       bytea,
    prev       bytea NOT NULL,
    leaf       bytea NOT NULL,
    commitment bytea,
    CONSTRAINT event_pkey PRIMARY KEY (idx),
    CONSTRAINT event_id UNIQUE (id),
    CONSTRAINT event_stream_seq UNIQUE (stream, seq),
    CONSTRAINT event_erased_whole CHECK ((payload IS NULL) = (salt IS NULL)
                                         AND (payload IS NULL) = (commitment IS NOT NULL))
);
COMMENT ON TABLE ledger.event IS 'Sealed events in the order of the Merkle tree';
COMMENT ON COLUMN ledger.event.idx IS 'Index of the leaf, gap-free from 0; personal: no';
COMMENT ON COLUMN ledger.event.id IS 'Event, UUID version 7; personal: no';
COMMENT ON COLUMN ledger.event.kind IS 'Number of the kind of event; personal: no';
COMMENT ON COLUMN ledger.event.at IS 'When the step was taken; personal: no';
COMMENT ON COLUMN ledger.event.stream IS 'Subject, such as dossier/<uuid>; personal: no';
COMMENT ON COLUMN ledger.event.seq IS 'Number within the stream, from 1; personal: no';
COMMENT ON COLUMN ledger.event.actor IS 'Position, citizen or system, never a name; personal: no';
COMMENT ON COLUMN ledger.event.payload IS 'Canonical JSON, exact bytes; NULL after a lawful erasure; personal: no';
COMMENT ON COLUMN ledger.event.salt IS 'Salt of the commitment; NULL after a lawful erasure; personal: no';
COMMENT ON COLUMN ledger.event.prev IS 'Leaf hash of the previous event of the stream; personal: no';
COMMENT ON COLUMN ledger.event.leaf IS 'Leaf hash of this event; personal: no';
COMMENT ON COLUMN ledger.event.commitment IS 'SHA-256 over 0x02, salt and payload, kept when those are erased; personal: no';

-- A sealed event never changes, except that salt and payload may be erased together.
CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.payload IS NOT NULL AND NEW.payload IS NULL AND NEW.salt IS NULL
       AND NEW.commitment = sha256('\x02'::bytea || OLD.salt || convert_to(OLD.payload, 'UTF8'))
       AND (NEW.idx, NEW.id, NEW.kind, NEW.at, NEW.stream, NEW.seq, NEW.actor, NEW.prev, NEW.leaf)
         = (OLD.idx, OLD.id, OLD.kind, OLD.at, OLD.stream, OLD.seq, OLD.actor, OLD.prev, OLD.leaf)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a sealed event is never changed' USING ERRCODE = '23514',
        CONSTRAINT = 'event_immutable';
END $$;
CREATE TRIGGER event_immutable BEFORE UPDATE OR DELETE ON ledger.event
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER event_not_truncated BEFORE TRUNCATE ON ledger.event
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

CREATE TABLE ledger.checkpoint (
    size  bigint NOT NULL,
    root  bytea NOT NULL,
    epoch bigint NOT NULL,
    at    timestamptz NOT NULL,
    CONSTRAINT checkpoint_pkey PRIMARY KEY (size)
);
COMMENT ON TABLE ledger.checkpoint IS 'Tree heads, written in the commit that seals their events';
COMMENT ON COLUMN ledger.checkpoint.size IS 'Number of leaves; personal: no';
COMMENT ON COLUMN ledger.checkpoint.root IS 'Merkle root (RFC 6962); personal: no';
COMMENT ON COLUMN ledger.checkpoint.epoch IS 'Epoch of the sealer that wrote it; personal: no';
COMMENT ON COLUMN ledger.checkpoint.at IS 'When it was sealed; personal: no';

CREATE TABLE ledger.sealer (
    single boolean NOT NULL DEFAULT true,
    epoch bigint NOT NULL,
    CONSTRAINT sealer_pkey PRIMARY KEY (single),
    CONSTRAINT sealer_only_one CHECK (single)
);
INSERT INTO ledger.sealer (epoch) VALUES (0);
COMMENT ON TABLE ledger.sealer IS 'Who may seal: an older epoch is fenced off';
COMMENT ON COLUMN ledger.sealer.single IS 'Always true: there is one row; personal: no';
COMMENT ON COLUMN ledger.sealer.epoch IS 'Raised by each sealer that takes over; personal: no';
