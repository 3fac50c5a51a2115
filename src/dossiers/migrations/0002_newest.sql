-- The inbox lists an agency's dossiers newest first; ids are sorted by the time of submission.
CREATE INDEX dossier_agency_newest ON dossiers.dossier (agency, id DESC);
