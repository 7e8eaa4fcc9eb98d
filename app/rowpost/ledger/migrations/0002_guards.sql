-- What must never happen.

CREATE TRIGGER row_step BEFORE UPDATE OF stage ON row
WHEN OLD.stage <> NEW.stage AND OLD.stage || ' ' || NEW.stage NOT IN (
    'ready claimed', 'ready not_fit',
    'claimed intent', 'claimed accepted', 'claimed conflict',
    'intent claimed', 'intent received', 'intent rejected', 'intent not_known',
    'received accepted', 'received rejected', 'received not_known', 'received conflict',
    'not_known received', 'not_known settling', 'not_known accepted', 'not_known conflict', 'not_known absent',
    'settling received', 'settling accepted', 'settling conflict', 'settling absent', 'settling claimed',
    'absent received', 'absent accepted', 'absent conflict', 'absent claimed')
BEGIN SELECT RAISE(ABORT, 'row: no such step'); END;

CREATE TRIGGER row_born BEFORE INSERT ON row
WHEN NEW.stage NOT IN ('left_out', 'not_fit', 'ready')
BEGIN SELECT RAISE(ABORT, 'row: must begin at the beginning'); END;

CREATE TRIGGER row_claimed BEFORE UPDATE OF stage ON row
WHEN NEW.stage = 'claimed' AND OLD.stage = 'ready' AND NOT EXISTS (SELECT 1 FROM claim JOIN run ON run.id = NEW.run
    WHERE claim.environment = run.environment AND claim.organization_id = run.organization_id
      AND claim.source_id = NEW.source_id AND claim.row = NEW.id)
BEGIN SELECT RAISE(ABORT, 'row: another one holds the claim'); END;

CREATE TRIGGER row_intent BEFORE UPDATE OF stage ON row
WHEN NEW.stage = 'intent' AND NOT (
    EXISTS (SELECT 1 FROM attempt JOIN attempt_row ON attempt_row.attempt = attempt.id
        WHERE attempt.id = NEW.attempt AND attempt.outcome IS NULL AND attempt_row.row = NEW.id)
    AND EXISTS (SELECT 1 FROM claim JOIN run ON run.id = NEW.run
        WHERE claim.environment = run.environment AND claim.organization_id = run.organization_id
          AND claim.source_id = NEW.source_id AND claim.row = NEW.id))
BEGIN SELECT RAISE(ABORT, 'row: nothing is sent without a claim and a written intent'); END;

CREATE TRIGGER row_back BEFORE UPDATE OF stage ON row
WHEN OLD.stage = 'intent' AND NEW.stage IN ('claimed', 'rejected')
    AND (SELECT outcome FROM attempt WHERE id = OLD.attempt) IS NOT 'refused'
    AND NOT (NEW.stage = 'claimed' AND (SELECT outcome FROM attempt WHERE id = OLD.attempt) IS 'never_sent')
BEGIN SELECT RAISE(ABORT, 'row: goes back only when certainly not taken'); END;

CREATE TRIGGER row_received BEFORE UPDATE OF stage ON row
WHEN NEW.stage = 'received' AND (SELECT batch_id FROM attempt WHERE id = NEW.attempt) = ''
BEGIN SELECT RAISE(ABORT, 'row: received needs a batch'); END;

CREATE TRIGGER row_released BEFORE UPDATE OF stage ON row
WHEN OLD.stage IN ('not_known', 'settling', 'absent') AND NEW.stage = 'claimed' AND NOT (
    EXISTS (SELECT 1 FROM release WHERE release.row = OLD.id AND release.attempt = OLD.attempt)
    AND (OLD.stage = 'absent' OR EXISTS (SELECT 1 FROM attempt
        WHERE attempt.id = OLD.attempt AND attempt.window > 0 AND attempt.waited >= attempt.window)))
BEGIN SELECT RAISE(ABORT, 'row: not known is never sent again without a release'); END;

CREATE TRIGGER row_absent BEFORE UPDATE OF stage ON row
WHEN NEW.stage = 'absent' AND NOT EXISTS (
    SELECT 1 FROM look WHERE look.row = NEW.id AND look.attempt = NEW.attempt AND look.found = 'absent')
BEGIN SELECT RAISE(ABORT, 'row: absent needs a look'); END;

CREATE TRIGGER row_accepted BEFORE UPDATE OF stage ON row
WHEN NEW.stage = 'accepted' AND OLD.stage <> 'received' AND NOT EXISTS (
    SELECT 1 FROM look WHERE look.row = NEW.id AND look.found = 'equal')
BEGIN SELECT RAISE(ABORT, 'row: accepted needs a batch or a look'); END;

CREATE TRIGGER row_rejected BEFORE UPDATE OF stage ON row
WHEN NEW.stage = 'rejected' AND EXISTS (SELECT 1 FROM attempt_row
    WHERE attempt_row.row = NEW.id AND attempt_row.attempt <> NEW.attempt
      AND attempt_row.verdict IN ('open', 'not_known', 'absent', 'released'))
BEGIN SELECT RAISE(ABORT, 'row: a refusal does not settle an earlier attempt'); END;

CREATE TRIGGER row_fixed BEFORE UPDATE OF id, run, position, sheet_rows, row_count, invoice_number, source_id,
    currency, amount, mac ON row
BEGIN SELECT RAISE(ABORT, 'row: what is sent does not change'); END;

CREATE TRIGGER row_counted AFTER UPDATE OF stage ON row
WHEN (SELECT books FROM run WHERE id = NEW.run) <> ''
BEGIN UPDATE run SET books = '' WHERE id = NEW.run; END;

CREATE TRIGGER row_kept BEFORE DELETE ON row
BEGIN SELECT RAISE(ABORT, 'row: never deleted'); END;

CREATE TRIGGER payload_fixed BEFORE UPDATE ON payload
BEGIN SELECT RAISE(ABORT, 'payload: what is sent does not change'); END;

CREATE TRIGGER payload_kept BEFORE DELETE ON payload
WHEN (SELECT stage FROM row WHERE id = OLD.row) NOT IN ('left_out', 'not_fit', 'accepted', 'rejected')
BEGIN SELECT RAISE(ABORT, 'payload: needed until the row is settled'); END;

CREATE TRIGGER claim_kept BEFORE DELETE ON claim
BEGIN SELECT RAISE(ABORT, 'claim: for ever'); END;

CREATE TRIGGER claim_passed_on BEFORE UPDATE ON claim
WHEN OLD.environment <> NEW.environment OR OLD.organization_id <> NEW.organization_id
    OR OLD.source_id <> NEW.source_id
    OR (OLD.row <> NEW.row AND (SELECT stage FROM row WHERE id = OLD.row) IS NOT 'rejected')
BEGIN SELECT RAISE(ABORT, 'claim: passed on only by a rejected row'); END;

CREATE TRIGGER attempt_kept BEFORE DELETE ON attempt
BEGIN SELECT RAISE(ABORT, 'attempt: never deleted'); END;

CREATE TRIGGER attempt_fixed BEFORE UPDATE ON attempt
WHEN OLD.uid <> NEW.uid OR OLD.run <> NEW.run OR OLD.part <> NEW.part OR OLD.size <> NEW.size
    OR OLD.digest <> NEW.digest OR OLD.intent_at <> NEW.intent_at
    OR (OLD.batch_id <> NEW.batch_id AND OLD.batch_id <> '')
    OR (OLD.outcome IS NOT NEW.outcome AND NOT (OLD.outcome IS NULL
        OR (OLD.outcome = 'not_known' AND NEW.outcome = 'received')))
    OR (OLD.phase <> NEW.phase AND (NEW.phase = 'intent' OR (OLD.phase = 'over' AND OLD.outcome <> 'not_known')))
BEGIN SELECT RAISE(ABORT, 'attempt: what was intended does not change'); END;

CREATE TRIGGER attempt_row_kept BEFORE DELETE ON attempt_row
BEGIN SELECT RAISE(ABORT, 'attempt row: never deleted'); END;

CREATE TRIGGER attempt_row_final BEFORE UPDATE OF verdict ON attempt_row
WHEN OLD.verdict <> NEW.verdict AND OLD.verdict IN ('back', 'accepted', 'rejected', 'conflict')
BEGIN SELECT RAISE(ABORT, 'attempt row: this verdict is final'); END;

CREATE TRIGGER release_kept BEFORE DELETE ON release BEGIN SELECT RAISE(ABORT, 'release: never deleted'); END;
CREATE TRIGGER release_fixed BEFORE UPDATE ON release BEGIN SELECT RAISE(ABORT, 'release: never changed'); END;
CREATE TRIGGER look_kept BEFORE DELETE ON look BEGIN SELECT RAISE(ABORT, 'look: never deleted'); END;
CREATE TRIGGER look_fixed BEFORE UPDATE ON look BEGIN SELECT RAISE(ABORT, 'look: never changed'); END;
CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'event: never deleted'); END;
CREATE TRIGGER event_fixed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'event: never changed'); END;
CREATE TRIGGER run_kept BEFORE DELETE ON run BEGIN SELECT RAISE(ABORT, 'run: never deleted'); END;
CREATE TRIGGER run_fixed BEFORE UPDATE ON run
WHEN OLD.name <> NEW.name OR OLD.environment <> NEW.environment OR OLD.organization_id <> NEW.organization_id
    OR OLD.api_url <> NEW.api_url OR OLD.row_count <> NEW.row_count OR OLD.amounts <> NEW.amounts
    OR OLD.size <> NEW.size OR OLD.first_row <> NEW.first_row OR OLD.file_sha256 <> NEW.file_sha256
    OR OLD.look_first <> NEW.look_first
BEGIN SELECT RAISE(ABORT, 'run: what it is about does not change'); END;
