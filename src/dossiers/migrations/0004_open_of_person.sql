-- The counter asks whether a person already has an open dossier.
CREATE INDEX dossier_open_of_person ON dossiers.dossier ((applicant->>'citizen_id'))
    WHERE status IN ('submitted', 'accepted', 'processing', 'waiting_applicant', 'deciding');
