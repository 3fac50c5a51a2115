-- Whether this database holds the demonstration province, and whether its load was finished.
--
-- Rows of dossiers are written in one transaction together with `finished_at`; the ledger is written
-- before it. So a row without `finished_at` means: the ledger has the beginning of a load that died, and
-- nothing else of it is there. The next start wipes that ledger (src/demo/wipe.cpp).
CREATE SCHEMA demo;
CREATE TABLE demo.load (
    id          integer NOT NULL,
    scenario    text NOT NULL,
    seed        bigint NOT NULL,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz,
    CONSTRAINT load_pkey PRIMARY KEY (id),
    CONSTRAINT load_once CHECK (id = 1)
);
COMMENT ON TABLE demo.load IS 'The load of the demonstration province: at most one row';
COMMENT ON COLUMN demo.load.id IS 'Always 1; personal: no';
COMMENT ON COLUMN demo.load.scenario IS 'SHA-256 of the scenario file in hexadecimal; personal: no';
COMMENT ON COLUMN demo.load.seed IS 'Seed of the random numbers; personal: no';
COMMENT ON COLUMN demo.load.started_at IS 'When the load began; personal: no';
COMMENT ON COLUMN demo.load.finished_at IS 'When it was complete, NULL: it never was; personal: no';
