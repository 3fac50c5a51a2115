-- Administrative units, their successions, and agencies, all valid in time.
-- A GSO code is not an identity: 06040 was three places. At one moment it names one unit only, which
-- the exclusion constraint holds; the permanent number is what everything else refers to.
CREATE SCHEMA IF NOT EXISTS places;
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE places.unit (
    id         bigint NOT NULL,
    code       text NOT NULL,
    level      text NOT NULL,
    type       text NOT NULL,
    name       text NOT NULL,
    parent     bigint,
    valid_from date NOT NULL,
    valid_to   date,
    lat        double precision NOT NULL DEFAULT 0,
    lon        double precision NOT NULL DEFAULT 0,
    CONSTRAINT unit_pkey PRIMARY KEY (id),
    CONSTRAINT unit_code_once_a_day EXCLUDE USING gist
        (code WITH =, daterange(valid_from, valid_to) WITH &&),
    CONSTRAINT unit_code_form CHECK (code ~ '^[0-9]{2,5}$'),
    CONSTRAINT unit_level_known CHECK (level IN ('province', 'district', 'commune')),
    CONSTRAINT unit_has_parent CHECK ((level = 'province') = (parent IS NULL)),
    CONSTRAINT unit_period CHECK (valid_to IS NULL OR valid_to > valid_from),
    CONSTRAINT unit_parent_fkey FOREIGN KEY (parent) REFERENCES places.unit
);
COMMENT ON TABLE places.unit IS 'Administrative units, valid in time';
COMMENT ON COLUMN places.unit.id IS 'Permanent number; personal: no';
COMMENT ON COLUMN places.unit.code IS 'Code of the statistics office (QĐ 124/2004, QĐ 19/2025); personal: no';
COMMENT ON COLUMN places.unit.level IS 'province, district, commune; personal: no';
COMMENT ON COLUMN places.unit.type IS 'tỉnh, thành phố, huyện, thị trấn, phường, xã; personal: no';
COMMENT ON COLUMN places.unit.name IS 'Name without the type; personal: no';
COMMENT ON COLUMN places.unit.parent IS 'Unit above it; personal: no';
COMMENT ON COLUMN places.unit.valid_from IS 'First day; personal: no';
COMMENT ON COLUMN places.unit.valid_to IS 'Day after the last; NULL: still there; personal: no';
COMMENT ON COLUMN places.unit.lat IS 'Latitude of a point inside, 0: unknown; personal: no';
COMMENT ON COLUMN places.unit.lon IS 'Longitude of that point; personal: no';

CREATE TABLE places.succession (
    "from" bigint NOT NULL,
    "to"   bigint NOT NULL,
    date   date NOT NULL,
    whole  boolean NOT NULL,
    CONSTRAINT succession_pkey PRIMARY KEY ("from", "to"),
    CONSTRAINT succession_from_fkey FOREIGN KEY ("from") REFERENCES places.unit,
    CONSTRAINT succession_to_fkey FOREIGN KEY ("to") REFERENCES places.unit,
    CONSTRAINT succession_not_itself CHECK ("from" <> "to")
);
COMMENT ON TABLE places.succession IS 'Which unit went into which, by resolution';
COMMENT ON COLUMN places.succession."from" IS 'Unit that ended; personal: no';
COMMENT ON COLUMN places.succession."to" IS 'Unit that took its land; personal: no';
COMMENT ON COLUMN places.succession.date IS 'Day of the change; personal: no';
COMMENT ON COLUMN places.succession.whole IS 'False: only a part of it went there; personal: no';

CREATE TABLE places.agency (
    id         bigint NOT NULL,
    code       text NOT NULL,
    name       text NOT NULL,
    short_name text NOT NULL,
    kind       text NOT NULL,
    unit       bigint NOT NULL,
    valid_from date NOT NULL,
    valid_to   date,
    successor  bigint,
    CONSTRAINT agency_pkey PRIMARY KEY (id),
    CONSTRAINT agency_code_once UNIQUE (code),
    CONSTRAINT agency_code_form CHECK (code ~ '^[A-Y][0-9]{2}(\.[0-9]{2,3}){0,3}$'),
    CONSTRAINT agency_kind_known CHECK
        (kind IN ('people_committee', 'department', 'office', 'board', 'vertical')),
    CONSTRAINT agency_period CHECK (valid_to IS NULL OR valid_to > valid_from),
    CONSTRAINT agency_successor_not_itself CHECK (successor <> id),
    CONSTRAINT agency_unit_fkey FOREIGN KEY (unit) REFERENCES places.unit,
    CONSTRAINT agency_successor_fkey FOREIGN KEY (successor) REFERENCES places.agency
);
COMMENT ON TABLE places.agency IS 'State agencies, valid in time';
COMMENT ON COLUMN places.agency.id IS 'Permanent number, dense from 1; personal: no';
COMMENT ON COLUMN places.agency.code IS 'Identification code in the form of QĐ 20/2020; below H37 invented for demonstration; personal: no';
COMMENT ON COLUMN places.agency.name IS 'Full name; personal: no';
COMMENT ON COLUMN places.agency.short_name IS 'Abbreviation; personal: no';
COMMENT ON COLUMN places.agency.kind IS 'people_committee, department, office, board, vertical; personal: no';
COMMENT ON COLUMN places.agency.unit IS 'Unit that it serves; personal: no';
COMMENT ON COLUMN places.agency.valid_from IS 'First day; personal: no';
COMMENT ON COLUMN places.agency.valid_to IS 'Day after the last; NULL: still there; personal: no';
COMMENT ON COLUMN places.agency.successor IS 'Agency that took over its open work; personal: no';
