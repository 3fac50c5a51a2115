-- Procedures and dossiers. The rows are what the rules decided; the history is in the ledger.
--
-- Few indexes on purpose: half a million rows are written by one load, and every step of a dossier is
-- an update. `search` is folded text made by the program (one fold for PostgreSQL and for people).
CREATE SCHEMA IF NOT EXISTS dossiers;

CREATE TABLE dossiers.procedure (
    id            bigint NOT NULL,
    code          text NOT NULL,
    name          text NOT NULL,
    name_fold     text NOT NULL,
    field         text NOT NULL,
    department    bigint NOT NULL,
    scope         text NOT NULL,
    level         text NOT NULL,
    limit_amount  integer NOT NULL,
    limit_unit    text NOT NULL,
    pause_policy  text NOT NULL,
    pause_clause  text NOT NULL,
    fee_dong      bigint NOT NULL,
    fee_note      text NOT NULL,
    components    jsonb NOT NULL,
    result_name   text NOT NULL,
    basis         text NOT NULL,
    certainty     text NOT NULL,
    portal_synced boolean NOT NULL,
    portal_level  text,
    version       integer NOT NULL,
    valid_from    date NOT NULL,
    valid_to      date,
    CONSTRAINT procedure_pkey PRIMARY KEY (id, version),
    CONSTRAINT procedure_code_unique UNIQUE (code, version),
    CONSTRAINT procedure_scope_known CHECK (scope IN ('province', 'district', 'commune')),
    CONSTRAINT procedure_level_known CHECK (level IN ('information', 'partial', 'full')),
    CONSTRAINT procedure_limit_not_negative CHECK (limit_amount >= 0),
    CONSTRAINT procedure_limit_unit_known CHECK (limit_unit IN ('working_day', 'working_hour', 'calendar_day', 'month')),
    CONSTRAINT procedure_pause_policy_known CHECK (pause_policy IN ('keep', 'extend', 'restart')),
    CONSTRAINT procedure_pause_has_clause CHECK (pause_policy = 'keep' OR pause_clause <> ''),
    CONSTRAINT procedure_fee_not_negative CHECK (fee_dong >= 0),
    CONSTRAINT procedure_portal_level_known CHECK (portal_level IN ('information', 'partial', 'full')),
    CONSTRAINT procedure_valid_order CHECK (valid_to IS NULL OR valid_from < valid_to)
);
COMMENT ON TABLE dossiers.procedure IS 'Administrative procedures, one row a version';
COMMENT ON COLUMN dossiers.procedure.id IS 'Dense number from 1, used in figures and events; personal: no';
COMMENT ON COLUMN dossiers.procedure.code IS 'National code, such as 1.001193; personal: no';
COMMENT ON COLUMN dossiers.procedure.name IS 'Name as published; personal: no';
COMMENT ON COLUMN dossiers.procedure.name_fold IS 'Name, code and field without marks, for search; personal: no';
COMMENT ON COLUMN dossiers.procedure.field IS 'Field of administration, such as Hộ tịch; personal: no';
COMMENT ON COLUMN dossiers.procedure.department IS 'Agency in charge of the field (places.agency.id); personal: no';
COMMENT ON COLUMN dossiers.procedure.scope IS 'Tier of the agencies that handle it; personal: no';
COMMENT ON COLUMN dossiers.procedure.level IS 'Online service level by NĐ 42/2022; personal: no';
COMMENT ON COLUMN dossiers.procedure.limit_amount IS 'Time limit in limit_unit; 0: within the day; personal: no';
COMMENT ON COLUMN dossiers.procedure.limit_unit IS 'Unit of the time limit; personal: no';
COMMENT ON COLUMN dossiers.procedure.pause_policy IS 'What a wait for the applicant does to the clock; personal: no';
COMMENT ON COLUMN dossiers.procedure.pause_clause IS 'The clause of law that lets the clock pause; personal: no';
COMMENT ON COLUMN dossiers.procedure.fee_dong IS 'Fee in đồng; personal: no';
COMMENT ON COLUMN dossiers.procedure.fee_note IS 'What the fee is for, exemptions; personal: no';
COMMENT ON COLUMN dossiers.procedure.components IS 'Papers and data that it asks for: [{name, source, required, copies}]; personal: no';
COMMENT ON COLUMN dossiers.procedure.result_name IS 'Name of the result paper; personal: no';
COMMENT ON COLUMN dossiers.procedure.basis IS 'Legal basis; personal: no';
COMMENT ON COLUMN dossiers.procedure.certainty IS 'sure, doubtful or generated: how far the row can be trusted; personal: no';
COMMENT ON COLUMN dossiers.procedure.portal_synced IS 'Linked with the national portal; personal: no';
COMMENT ON COLUMN dossiers.procedure.portal_level IS 'Level published on the national portal, NULL: not published; personal: no';
COMMENT ON COLUMN dossiers.procedure.version IS 'Version of the procedure, frozen in its dossiers; personal: no';
COMMENT ON COLUMN dossiers.procedure.valid_from IS 'First day in force; personal: no';
COMMENT ON COLUMN dossiers.procedure.valid_to IS 'First day no longer in force; personal: no';

CREATE TABLE dossiers.dossier (
    id                uuid NOT NULL,
    code              text NOT NULL,
    procedure         bigint NOT NULL,
    procedure_version integer NOT NULL,
    agency            bigint NOT NULL,
    channel           text NOT NULL,
    status            text NOT NULL,
    submitted_at      timestamptz NOT NULL,
    received_at       timestamptz,
    due_at            timestamptz,
    first_due_at      timestamptz,
    resolved_at       timestamptz,
    returned_at       timestamptz,
    closed_at         timestamptz,
    verdict           text,
    outcome           text,
    pauses            jsonb NOT NULL,
    supplements       integer NOT NULL,
    extensions        integer NOT NULL,
    assignee          bigint,
    applicant         jsonb NOT NULL,
    secret            bytea NOT NULL,
    stream_seq        bigint NOT NULL,
    stream_hash       bytea NOT NULL,
    search            text NOT NULL,
    CONSTRAINT dossier_pkey PRIMARY KEY (id),
    CONSTRAINT dossier_code_unique UNIQUE (code),
    CONSTRAINT dossier_procedure_exists FOREIGN KEY (procedure, procedure_version)
        REFERENCES dossiers.procedure (id, version),
    CONSTRAINT dossier_channel_known CHECK (channel IN ('counter', 'online', 'post')),
    CONSTRAINT dossier_status_known CHECK (status IN ('submitted', 'accepted', 'refused', 'processing',
        'waiting_applicant', 'deciding', 'withdrawn', 'stopped', 'resolved', 'returned')),
    CONSTRAINT dossier_clock_whole CHECK ((received_at IS NULL) = (due_at IS NULL)
        AND (received_at IS NULL) = (first_due_at IS NULL)),
    CONSTRAINT dossier_due_after_receipt CHECK (due_at >= received_at),
    CONSTRAINT dossier_verdict_with_result CHECK ((resolved_at IS NULL) = (verdict IS NULL)
        AND (resolved_at IS NULL) = (outcome IS NULL)),
    CONSTRAINT dossier_result_in_status CHECK ((resolved_at IS NOT NULL) = (status IN ('resolved', 'returned'))),
    CONSTRAINT dossier_closed_in_status CHECK ((closed_at IS NOT NULL) = (status IN ('refused', 'stopped', 'withdrawn'))),
    CONSTRAINT dossier_returned_in_status CHECK ((returned_at IS NOT NULL) = (status = 'returned')),
    CONSTRAINT dossier_supplement_once CHECK (supplements BETWEEN 0 AND 1),
    CONSTRAINT dossier_extension_once CHECK (extensions BETWEEN 0 AND 1),
    CONSTRAINT dossier_secret_size CHECK (length(secret) = 32)
);
COMMENT ON TABLE dossiers.dossier IS 'Dossiers as the last event left them; what happened is in the ledger';
COMMENT ON COLUMN dossiers.dossier.id IS 'Identifier, sorted by time of submission; personal: no';
COMMENT ON COLUMN dossiers.dossier.code IS 'Agency code, day and running number, gap-free: H37.12-230614-0001; personal: no';
COMMENT ON COLUMN dossiers.dossier.procedure IS 'dossiers.procedure.id; personal: no';
COMMENT ON COLUMN dossiers.dossier.procedure_version IS 'Version in force at submission; personal: no';
COMMENT ON COLUMN dossiers.dossier.agency IS 'Competent agency (places.agency.id); personal: no';
COMMENT ON COLUMN dossiers.dossier.channel IS 'How it came: counter, online, post; personal: no';
COMMENT ON COLUMN dossiers.dossier.status IS 'What the steps taken have left behind; personal: no';
COMMENT ON COLUMN dossiers.dossier.submitted_at IS 'When it was sent or brought; personal: no';
COMMENT ON COLUMN dossiers.dossier.received_at IS 'When it was accepted as complete: the start of the clock; personal: no';
COMMENT ON COLUMN dossiers.dossier.due_at IS 'The promise in force; changed by events only; personal: no';
COMMENT ON COLUMN dossiers.dossier.first_due_at IS 'The promise made at receipt, never changed; personal: no';
COMMENT ON COLUMN dossiers.dossier.resolved_at IS 'When the result was signed: the on-time test; personal: no';
COMMENT ON COLUMN dossiers.dossier.returned_at IS 'When the result was handed over; personal: no';
COMMENT ON COLUMN dossiers.dossier.closed_at IS 'When it was refused, stopped or withdrawn; personal: no';
COMMENT ON COLUMN dossiers.dossier.verdict IS 'early, on_time or late; personal: no';
COMMENT ON COLUMN dossiers.dossier.outcome IS 'approved or rejected; personal: no';
COMMENT ON COLUMN dossiers.dossier.pauses IS 'Spans in which the clock stood still by law: [{from, to}]; personal: no';
COMMENT ON COLUMN dossiers.dossier.supplements IS 'How often a supplement was asked for, at most once; personal: no';
COMMENT ON COLUMN dossiers.dossier.extensions IS 'How often a new date was promised, at most once; personal: no';
COMMENT ON COLUMN dossiers.dossier.assignee IS 'Position that answers for it (identity.position.id); personal: no';
COMMENT ON COLUMN dossiers.dossier.applicant IS 'Name, citizen id, phone, e-mail, address of the applicant; personal: yes';
COMMENT ON COLUMN dossiers.dossier.secret IS 'SHA-256 of the look-up secret printed on the receipt; personal: no';
COMMENT ON COLUMN dossiers.dossier.stream_seq IS 'Number of its last event: what makes two writers collide; personal: no';
COMMENT ON COLUMN dossiers.dossier.stream_hash IS 'Leaf hash of its last event; personal: no';
COMMENT ON COLUMN dossiers.dossier.search IS 'Folded words of code, applicant, phone and procedure; personal: yes';

-- The inbox of an agency, and the open dossiers of the whole province by their promise.
CREATE INDEX dossier_agency ON dossiers.dossier (agency, status, received_at);
CREATE INDEX dossier_open ON dossiers.dossier (due_at, id)
    WHERE status IN ('submitted', 'accepted', 'processing', 'waiting_applicant', 'deciding');
CREATE INDEX dossier_search ON dossiers.dossier USING gin (to_tsvector('simple', search));
