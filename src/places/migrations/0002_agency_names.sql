-- Later names of agencies. places.agency keeps the name under which the agency began; a new name is a
-- row with the day from which it holds, so that papers of an old day can still say the old one.
CREATE TABLE places.agency_name (
    agency     bigint NOT NULL,
    valid_from date NOT NULL,
    name       text NOT NULL,
    short_name text NOT NULL,
    decision   text NOT NULL,
    CONSTRAINT agency_name_pkey PRIMARY KEY (agency, valid_from),
    CONSTRAINT agency_name_given CHECK (name <> '' AND short_name <> ''),
    CONSTRAINT agency_name_agency_fkey FOREIGN KEY (agency) REFERENCES places.agency
);
COMMENT ON TABLE places.agency_name IS 'Names of agencies after the first, each from its day on';
COMMENT ON COLUMN places.agency_name.agency IS 'Which agency; personal: no';
COMMENT ON COLUMN places.agency_name.valid_from IS 'First day of the name; personal: no';
COMMENT ON COLUMN places.agency_name.name IS 'Full name; personal: no';
COMMENT ON COLUMN places.agency_name.short_name IS 'Abbreviation; personal: no';
COMMENT ON COLUMN places.agency_name.decision IS 'Number of the decision that gave it; personal: no';
