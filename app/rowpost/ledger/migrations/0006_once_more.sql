-- A person may have to look at the same row more than once; and what was forgotten is never sent.

DROP INDEX closing_once;       -- closed, released, and then the agency holds something else after all: closed again
CREATE INDEX closing_row ON closing (row);

CREATE TRIGGER row_forgotten BEFORE UPDATE OF stage ON row
WHEN NEW.stage = 'claimed' AND OLD.stage <> 'claimed' AND NOT EXISTS (
    SELECT 1 FROM payload WHERE payload.row = NEW.id)
BEGIN SELECT RAISE(ABORT, 'row: what is forgotten cannot be sent'); END;
