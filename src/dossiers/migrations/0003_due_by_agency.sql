-- Open dossiers are listed per agency by what is due first, and counted per agency for the tabs. Nobody
-- asks for those of the whole province in one order, so the index that gave it makes room.
CREATE INDEX dossier_agency_due ON dossiers.dossier (agency, (coalesce(due_at, submitted_at)), id)
    WHERE status IN ('submitted', 'accepted', 'processing', 'waiting_applicant', 'deciding');
DROP INDEX dossiers.dossier_open;
