-- What a person decides after looking: a contradiction is closed, a released row goes into another run.

CREATE TABLE closing (         -- a person has looked, and says how it stands
    id      INTEGER PRIMARY KEY,
    row     INTEGER NOT NULL REFERENCES row,
    attempt INTEGER REFERENCES attempt,            -- NULL: found before the first POST
    at      TEXT NOT NULL,
    who     TEXT NOT NULL,
    there   INTEGER NOT NULL CHECK (there IN (0, 1)),  -- 1: the agency has it; 0: it has not
    reason  TEXT NOT NULL CHECK (reason <> '')
) STRICT;
CREATE UNIQUE INDEX closing_once ON closing (row, coalesce(attempt, 0));

CREATE TABLE passed_on (       -- a released row that another run sends
    row  INTEGER PRIMARY KEY REFERENCES row,
    heir INTEGER NOT NULL UNIQUE REFERENCES row,
    at   TEXT NOT NULL
) STRICT;

CREATE TABLE setup (           -- how the workbook was read: sealed, forgotten with the personal data
    run    INTEGER PRIMARY KEY REFERENCES run,
    sealed BLOB NOT NULL
) STRICT;

DROP TRIGGER row_step;
CREATE TRIGGER row_step BEFORE UPDATE OF stage ON row
WHEN OLD.stage <> NEW.stage AND OLD.stage || ' ' || NEW.stage NOT IN (
    'ready claimed', 'ready not_fit',
    'claimed intent', 'claimed accepted', 'claimed conflict', 'claimed left_out',
    'intent claimed', 'intent received', 'intent rejected', 'intent not_known',
    'received accepted', 'received rejected', 'received not_known', 'received conflict',
    'not_known received', 'not_known settling', 'not_known accepted', 'not_known conflict', 'not_known absent',
    'not_known rejected',
    'settling received', 'settling accepted', 'settling conflict', 'settling absent', 'settling claimed',
    'settling rejected',
    'absent received', 'absent accepted', 'absent conflict', 'absent claimed', 'absent left_out',
    'conflict accepted', 'conflict left_out',
    'left_out claimed')
BEGIN SELECT RAISE(ABORT, 'row: no such step'); END;

DROP TRIGGER row_accepted;
CREATE TRIGGER row_accepted BEFORE UPDATE OF stage ON row
WHEN NEW.stage = 'accepted' AND OLD.stage NOT IN ('accepted', 'received') AND NOT EXISTS (
    SELECT 1 FROM look WHERE look.row = NEW.id AND look.found = 'equal' AND OLD.stage <> 'conflict')
    AND NOT EXISTS (SELECT 1 FROM closing
        WHERE closing.row = NEW.id AND closing.attempt IS OLD.attempt AND closing.there = 1)
BEGIN SELECT RAISE(ABORT, 'row: accepted needs a batch, a look or a person'); END;

CREATE TRIGGER row_left_out BEFORE UPDATE OF stage ON row
WHEN NEW.stage = 'left_out' AND OLD.stage <> 'left_out'
    AND NOT (OLD.stage = 'claimed' AND EXISTS (SELECT 1 FROM passed_on WHERE passed_on.row = OLD.id))
    AND NOT (OLD.stage IN ('conflict', 'absent') AND EXISTS (SELECT 1 FROM closing
        WHERE closing.row = OLD.id AND closing.attempt IS OLD.attempt AND closing.there = 0))
BEGIN SELECT RAISE(ABORT, 'row: only a person closes it'); END;

DROP TRIGGER row_released;
CREATE TRIGGER row_released BEFORE UPDATE OF stage ON row
WHEN OLD.stage IN ('not_known', 'settling', 'absent', 'left_out') AND NEW.stage = 'claimed' AND NOT (
    EXISTS (SELECT 1 FROM release WHERE release.row = OLD.id AND release.attempt = OLD.attempt)
    AND NOT EXISTS (SELECT 1 FROM passed_on WHERE passed_on.row = OLD.id)
    AND (OLD.stage = 'absent'
        OR (OLD.stage = 'left_out' AND EXISTS (SELECT 1 FROM closing
            WHERE closing.row = OLD.id AND closing.attempt = OLD.attempt AND closing.there = 0))
        OR EXISTS (SELECT 1 FROM attempt
            WHERE attempt.id = OLD.attempt AND attempt.window > 0 AND attempt.waited >= attempt.window)))
BEGIN SELECT RAISE(ABORT, 'row: not known is never sent again without a release'); END;

-- A refusal of attempt n does not settle attempt n-1. Where a person released n-1 after looking, and the row
-- was looked for once more after the refusal, for the whole settling time, and is absent: then both are settled.
DROP TRIGGER row_rejected;
CREATE TRIGGER row_rejected BEFORE UPDATE OF stage ON row
WHEN NEW.stage = 'rejected' AND OLD.stage NOT IN ('rejected', 'not_known', 'settling')
    AND (EXISTS (SELECT 1 FROM passed_on WHERE passed_on.heir = NEW.id)
        OR EXISTS (SELECT 1 FROM attempt_row
            WHERE attempt_row.row = NEW.id AND attempt_row.attempt <> NEW.attempt
              AND attempt_row.verdict IN ('open', 'not_known', 'absent', 'released', 'conflict')))
BEGIN SELECT RAISE(ABORT, 'row: a refusal does not settle an earlier attempt'); END;

CREATE TRIGGER row_refusal_settled BEFORE UPDATE OF stage ON row
WHEN NEW.stage = 'rejected' AND OLD.stage IN ('not_known', 'settling') AND NOT (
    EXISTS (SELECT 1 FROM attempt_row WHERE attempt_row.row = OLD.id AND attempt_row.attempt = OLD.attempt
        AND attempt_row.code = 'row.refused_but_open')
    AND NOT EXISTS (SELECT 1 FROM attempt_row WHERE attempt_row.row = OLD.id
        AND attempt_row.attempt <> OLD.attempt AND attempt_row.verdict IN ('open', 'not_known', 'absent'))
    AND EXISTS (SELECT 1 FROM attempt
        WHERE attempt.id = OLD.attempt AND attempt.window > 0 AND attempt.waited >= attempt.window)
    AND EXISTS (SELECT 1 FROM look
        WHERE look.row = OLD.id AND look.attempt = OLD.attempt AND look.found = 'absent'))
BEGIN SELECT RAISE(ABORT, 'row: a refusal does not settle an earlier attempt'); END;

DROP TRIGGER claim_passed_on;
CREATE TRIGGER claim_passed_on BEFORE UPDATE ON claim
WHEN OLD.environment <> NEW.environment OR OLD.organization_id <> NEW.organization_id
    OR OLD.source_id <> NEW.source_id
    OR (OLD.row <> NEW.row AND (SELECT stage FROM row WHERE id = OLD.row) IS NOT 'rejected'
        AND NOT EXISTS (SELECT 1 FROM passed_on JOIN row ON row.id = passed_on.row
            WHERE passed_on.row = OLD.row AND passed_on.heir = NEW.row AND row.stage = 'left_out'))
BEGIN SELECT RAISE(ABORT, 'claim: passed on only by a rejected row, or a released one to its heir'); END;

CREATE TRIGGER passed_on_born BEFORE INSERT ON passed_on
WHEN NOT EXISTS (
    SELECT 1 FROM row AS old JOIN run AS old_run ON old_run.id = old.run,
        row AS heir JOIN run AS heir_run ON heir_run.id = heir.run
    WHERE old.id = NEW.row AND heir.id = NEW.heir AND old.stage = 'claimed' AND heir.stage = 'ready'
      AND old.source_id = heir.source_id AND heir_run.follows = old_run.name
      AND old_run.environment = heir_run.environment AND old_run.organization_id = heir_run.organization_id
      AND EXISTS (SELECT 1 FROM release WHERE release.row = old.id)
      AND NOT EXISTS (SELECT 1 FROM attempt_row
        WHERE attempt_row.row = old.id AND attempt_row.verdict IN ('open', 'not_known', 'absent')))
BEGIN SELECT RAISE(ABORT, 'row: only a released row goes into the run that follows'); END;

CREATE TRIGGER passed_on_kept BEFORE DELETE ON passed_on BEGIN SELECT RAISE(ABORT, 'passed on: for ever'); END;
CREATE TRIGGER passed_on_fixed BEFORE UPDATE ON passed_on BEGIN SELECT RAISE(ABORT, 'passed on: for ever'); END;
CREATE TRIGGER closing_kept BEFORE DELETE ON closing BEGIN SELECT RAISE(ABORT, 'closing: never deleted'); END;
CREATE TRIGGER closing_fixed BEFORE UPDATE ON closing BEGIN SELECT RAISE(ABORT, 'closing: never changed'); END;
CREATE TRIGGER run_follows_fixed BEFORE UPDATE OF follows ON run
BEGIN SELECT RAISE(ABORT, 'run: what it is about does not change'); END;
CREATE TRIGGER setup_fixed BEFORE UPDATE ON setup BEGIN SELECT RAISE(ABORT, 'setup: what was decided stays'); END;
