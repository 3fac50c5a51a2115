-- What administrators keep besides accounts: heads of the streams of their changes, and the life of
-- API tokens (number, end set in advance, last use).
CREATE TABLE identity.stream_head (
    stream text NOT NULL,
    seq    bigint NOT NULL,
    hash   bytea NOT NULL,
    CONSTRAINT stream_head_pkey PRIMARY KEY (stream),
    CONSTRAINT stream_head_hash_size CHECK (length(hash) = 32)
);
COMMENT ON TABLE identity.stream_head IS 'Last event of each thing that administrators change: calendar, agencies, procedures';
COMMENT ON COLUMN identity.stream_head.stream IS 'Stream of events, such as agency/12; personal: no';
COMMENT ON COLUMN identity.stream_head.seq IS 'Events so far; personal: no';
COMMENT ON COLUMN identity.stream_head.hash IS 'Leaf hash of the last of them; personal: no';

ALTER TABLE identity.api_token
    ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY,
    ADD COLUMN expires_at timestamptz,
    ADD COLUMN last_used_at timestamptz,
    ADD CONSTRAINT api_token_id_once UNIQUE (id);
COMMENT ON COLUMN identity.api_token.id IS 'Number by which it is named in events and pages; personal: no';
COMMENT ON COLUMN identity.api_token.expires_at IS 'No use from here, set when it was made; NULL: made before ends were asked for; personal: no';
COMMENT ON COLUMN identity.api_token.last_used_at IS 'Last use, to the minute; personal: no';
