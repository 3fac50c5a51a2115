-- Versions of procedures are written by people: a draft is not offered, and somebody answers for what
-- is published.
ALTER TABLE dossiers.procedure
    ADD COLUMN published boolean NOT NULL DEFAULT true,
    ADD COLUMN confirmed_by bigint,
    ADD COLUMN confirmed_on date,
    ADD CONSTRAINT procedure_confirmed_whole CHECK ((confirmed_by IS NULL) = (confirmed_on IS NULL));
COMMENT ON COLUMN dossiers.procedure.published IS 'False: a draft, never offered; personal: no';
COMMENT ON COLUMN dossiers.procedure.confirmed_by IS 'Position that confirmed the content (identity.position.id); personal: no';
COMMENT ON COLUMN dossiers.procedure.confirmed_on IS 'Day of the confirmation; personal: no';
