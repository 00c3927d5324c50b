# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What holds below the program on the table of files."""

# The scanner's verdict on a file that waited is all that may ever change.
SEALED = """
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT FROM onestop_dossier WHERE id = OLD.dossier_id AND is_trial
    ) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.scan_state = 'waiting'
       AND NEW.scan_state IN ('clean', 'infected')
       AND to_jsonb(NEW) - 'scan_state' = to_jsonb(OLD) - 'scan_state' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
        MESSAGE = TG_OP || ' refused: ' || TG_TABLE_NAME || ' is append-only';
END
"""
# What a file claims of an earlier one is true.
FITS = """
BEGIN
    IF NEW.reused_from_id IS NOT NULL
       AND (NEW.reuse_consent IS NULL OR NEW.consent_person_id IS NULL) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', TABLE = TG_TABLE_NAME,
            MESSAGE = 'INSERT refused: a paper is used again by consent';
    END IF;
    IF NEW.reused_from_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM onestop_dossier_file f
          JOIN onestop_dossier theirs ON theirs.id = f.dossier_id
          JOIN onestop_dossier ours ON ours.id = NEW.dossier_id
         WHERE f.id = NEW.reused_from_id AND f.sha256 = NEW.sha256
           AND theirs.person_id = ours.person_id
    ) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', TABLE = TG_TABLE_NAME,
            MESSAGE = 'INSERT refused: a paper that is used again has the same '
                      || 'SHA-256 and belongs to the same person';
    END IF;
    IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM onestop_dossier_file f
         WHERE f.id = NEW.replaces_id AND f.dossier_id = NEW.dossier_id
           AND f.kind = NEW.kind
           AND f.dossier_part_id IS NOT DISTINCT FROM NEW.dossier_part_id
    ) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', TABLE = TG_TABLE_NAME,
            MESSAGE = 'INSERT refused: a newer version is of the same dossier, '
                      || 'part and kind';
    END IF;
    RETURN NEW;
END
"""
