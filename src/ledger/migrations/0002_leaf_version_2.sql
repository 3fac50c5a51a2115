-- Leaves of version 2 commit to stream and actor too; their lawful erasure keeps that commitment.
CREATE OR REPLACE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stream bytea;
    actor bytea;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.payload IS NOT NULL AND NEW.payload IS NULL AND NEW.salt IS NULL
       AND (NEW.idx, NEW.id, NEW.kind, NEW.at, NEW.stream, NEW.seq, NEW.actor, NEW.prev, NEW.leaf)
         = (OLD.idx, OLD.id, OLD.kind, OLD.at, OLD.stream, OLD.seq, OLD.actor, OLD.prev, OLD.leaf)
    THEN
        stream := convert_to(OLD.stream, 'UTF8');
        actor := convert_to(OLD.actor, 'UTF8');
        IF NEW.commitment IN (
            sha256('\x02'::bytea || OLD.salt || convert_to(OLD.payload, 'UTF8')),
            sha256('\x03'::bytea || OLD.salt || int8send(length(stream)) || stream
                   || int8send(length(actor)) || actor || convert_to(OLD.payload, 'UTF8')))
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a sealed event is never changed' USING ERRCODE = '23514',
        CONSTRAINT = 'event_immutable';
END $$;
COMMENT ON COLUMN ledger.event.commitment IS
    'What the leaf commits to (version 1: salt, payload; 2: also stream, actor), kept when those are erased; personal: no';
