-- Which of the papers that its owner needs an attachment is.
ALTER TABLE files.file ADD COLUMN part text NOT NULL DEFAULT '';
COMMENT ON COLUMN files.file.part IS 'What it is in its owner, such as component_2; empty: nothing special; personal: no';
