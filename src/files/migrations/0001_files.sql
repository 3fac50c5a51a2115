-- What is known of an attachment. The bytes lie on disk under their hash; the same bytes attached
-- twice are two rows and one file.
CREATE SCHEMA IF NOT EXISTS files;

CREATE TABLE files.file (
    id         uuid NOT NULL,
    sha256     bytea NOT NULL,
    name       text NOT NULL,
    type       text NOT NULL,
    size_bytes bigint NOT NULL,
    owner      text NOT NULL,
    CONSTRAINT file_pkey PRIMARY KEY (id),
    CONSTRAINT file_sha256_length CHECK (octet_length(sha256) = 32),
    CONSTRAINT file_size_allowed CHECK (size_bytes BETWEEN 1 AND 20971520),
    CONSTRAINT file_owner_form CHECK (owner ~ '^[a-z_]+/.+$')
);
CREATE INDEX file_owner ON files.file (owner);
COMMENT ON TABLE files.file IS 'Attachments';
COMMENT ON COLUMN files.file.id IS 'Id of the attachment, by time; personal: no';
COMMENT ON COLUMN files.file.sha256 IS 'SHA-256 of the bytes, their name on disk; personal: no';
COMMENT ON COLUMN files.file.name IS 'Cleaned display name as the sender gave it; personal: yes';
COMMENT ON COLUMN files.file.type IS 'Media type found in the bytes; personal: no';
COMMENT ON COLUMN files.file.size_bytes IS 'Length of the bytes; personal: no';
COMMENT ON COLUMN files.file.owner IS 'What it belongs to, such as dossier/<id>; personal: no';
