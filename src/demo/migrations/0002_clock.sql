-- The demonstration goes on in its own time: at `finished_at` of the true clock it was `continues_at`.
ALTER TABLE demo.load ADD COLUMN continues_at timestamptz;
COMMENT ON COLUMN demo.load.continues_at IS
    'Business time at finished_at: the opening of the first working day after the scenario; NULL: the true time; personal: no';
