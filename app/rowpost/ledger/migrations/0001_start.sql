-- The memory. What must never happen is refused here, whatever the code above may try.

CREATE TABLE memory (          -- what the ledger knows of itself
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE agency (          -- what was learnt about a target
    environment     TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    part_limit      INTEGER NOT NULL DEFAULT 0,   -- rows a request may hold at most; 0: not known
    wait_until      TEXT NOT NULL DEFAULT '',     -- UTC; nothing is posted before
    longest_batch   REAL NOT NULL DEFAULT 0,      -- seconds
    PRIMARY KEY (environment, organization_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
    id                INTEGER PRIMARY KEY,
    name              TEXT NOT NULL UNIQUE,
    created_at        TEXT NOT NULL,
    by_whom           TEXT NOT NULL,
    follows           TEXT NOT NULL,
    file_name         TEXT NOT NULL,
    file_path         TEXT NOT NULL,               -- where the workbook lay when it was read
    file_sha256       TEXT NOT NULL,
    sheet             TEXT NOT NULL,
    header_row        INTEGER NOT NULL,
    row_count         INTEGER NOT NULL,            -- rows of the workbook
    amounts           TEXT NOT NULL,               -- JSON: currency -> amount of the workbook
    target            TEXT NOT NULL,
    environment       TEXT NOT NULL CHECK (environment IN ('practice', 'staging', 'production')),
    organization_id   TEXT NOT NULL,
    organization_name TEXT NOT NULL,
    api_url           TEXT NOT NULL,
    token_url         TEXT NOT NULL,
    client_id         TEXT NOT NULL,
    look_first        INTEGER NOT NULL CHECK (look_first IN (0, 1)),
    size              INTEGER NOT NULL,            -- rows of this table `row`
    first_row         INTEGER NOT NULL,            -- row.id of position 0
    status            TEXT NOT NULL DEFAULT 'paused' CHECK (status IN ('done', 'paused', 'stopped', 'not_known')),
    cause             TEXT NOT NULL DEFAULT '',    -- JSON of the cause that holds it, '' for none
    books             TEXT NOT NULL DEFAULT '',    -- JSON of the books once the run has ended; '' where rows changed since
    since             INTEGER NOT NULL DEFAULT 0,  -- last attempt when a person last said go
    erased_at         TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE part (
    id     INTEGER PRIMARY KEY,
    run    INTEGER NOT NULL REFERENCES run,
    number INTEGER NOT NULL,
    root   INTEGER NOT NULL,                       -- the part that it was cut from
    size   INTEGER NOT NULL,
    canary INTEGER NOT NULL DEFAULT 0,
    looked INTEGER NOT NULL DEFAULT 0,             -- every key was looked up before the first POST
    state  TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'tried', 'cut', 'over')),
    UNIQUE (run, number)
) STRICT;
CREATE INDEX part_waiting ON part (run, number) WHERE state = 'waiting';

CREATE TABLE attempt (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    uid         TEXT NOT NULL UNIQUE,
    run         INTEGER NOT NULL REFERENCES run,
    part        INTEGER NOT NULL REFERENCES part,
    root        INTEGER NOT NULL,
    size        INTEGER NOT NULL,
    digest      BLOB NOT NULL,                     -- SHA-256 of the request's body
    intent_at   TEXT NOT NULL,
    outcome     TEXT CHECK (outcome IN ('never_sent', 'refused', 'received', 'not_known')),
    http_status INTEGER,
    cause       TEXT NOT NULL DEFAULT '',          -- wording code
    batch_id    TEXT NOT NULL DEFAULT '',
    by_rule     INTEGER NOT NULL DEFAULT 0,
    raw         BLOB,                              -- sealed
    answered_at TEXT NOT NULL DEFAULT '',
    looks       INTEGER NOT NULL DEFAULT 0,
    waited      REAL NOT NULL DEFAULT 0,           -- seconds of settling, on the monotonic clock
    window      REAL NOT NULL DEFAULT 0,           -- seconds it had to settle for at the last look
    phase       TEXT NOT NULL DEFAULT 'intent' CHECK (phase IN ('intent', 'received', 'settling', 'over')),
    CHECK (outcome IS NOT 'received' OR batch_id <> ''),
    CHECK ((outcome IS NULL) = (phase = 'intent'))
) STRICT;
CREATE INDEX attempt_run ON attempt (run, id);
CREATE INDEX attempt_open ON attempt (run, id) WHERE phase <> 'over';
CREATE INDEX attempt_refused ON attempt (run, id) WHERE outcome = 'refused';
CREATE INDEX attempt_root ON attempt (root);
CREATE INDEX attempt_batch ON attempt (batch_id) WHERE batch_id <> '';

CREATE TABLE row (
    id             INTEGER PRIMARY KEY,
    run            INTEGER NOT NULL REFERENCES run,
    position       INTEGER NOT NULL,               -- in the result, from 0
    sheet_rows     TEXT NOT NULL,                  -- Excel's row numbers, the one that names it first
    row_count      INTEGER NOT NULL,
    invoice_number TEXT NOT NULL,
    source_id      TEXT NOT NULL,
    customer       BLOB,                           -- keyed MAC of the customer number
    currency       TEXT NOT NULL,
    amount         TEXT NOT NULL,
    stage          TEXT NOT NULL CHECK (stage IN ('left_out', 'not_fit', 'ready', 'claimed', 'intent', 'received',
                       'accepted', 'rejected', 'not_known', 'settling', 'absent', 'conflict')),
    code           TEXT NOT NULL DEFAULT '',
    mac            BLOB,                           -- keyed MAC of the payload
    part           INTEGER REFERENCES part,
    attempt        INTEGER REFERENCES attempt,
    invoice_id     TEXT NOT NULL DEFAULT '',
    case_id        TEXT NOT NULL DEFAULT '',
    reason         BLOB,                           -- sealed: the agency's own text
    alike          BLOB,                           -- keyed MAC of the reason without its values
    decided_at     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE payload (         -- apart from the rows, so that a change of stage stays a small write
    row    INTEGER PRIMARY KEY REFERENCES row,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX row_loose ON row (run) WHERE part IS NULL AND stage IN ('ready', 'claimed');
CREATE INDEX row_unsettled ON row (run) WHERE stage IN ('absent', 'conflict');
CREATE INDEX row_part ON row (part) WHERE part IS NOT NULL;
CREATE INDEX row_attempt ON row (attempt) WHERE attempt IS NOT NULL;
CREATE INDEX row_invoice_number ON row (invoice_number);
CREATE INDEX row_source ON row (source_id);
CREATE INDEX row_customer ON row (customer) WHERE customer IS NOT NULL;

CREATE TABLE claim (           -- for ever: no two rows are ever sent under one key, unless one was refused
    environment     TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    source_id       TEXT NOT NULL,
    row             INTEGER NOT NULL REFERENCES row,
    claimed_at      TEXT NOT NULL,
    PRIMARY KEY (environment, organization_id, source_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt_row (
    attempt INTEGER NOT NULL REFERENCES attempt,
    row     INTEGER NOT NULL REFERENCES row,
    verdict TEXT NOT NULL DEFAULT 'open' CHECK (verdict IN
                ('open', 'back', 'accepted', 'rejected', 'not_known', 'absent', 'conflict', 'released')),
    heard   INTEGER CHECK (heard IN (0, 1)),       -- what the batch said of it before it had ended
    code    TEXT NOT NULL DEFAULT '',
    raw     BLOB,                                  -- sealed
    PRIMARY KEY (attempt, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_row_row ON attempt_row (row);

CREATE TABLE release (
    id      INTEGER PRIMARY KEY,
    row     INTEGER NOT NULL REFERENCES row,
    attempt INTEGER NOT NULL REFERENCES attempt,
    at      TEXT NOT NULL,
    who     TEXT NOT NULL,
    reason  TEXT NOT NULL CHECK (reason <> ''),
    UNIQUE (row, attempt)
) STRICT;

CREATE TABLE look (
    id      INTEGER PRIMARY KEY,
    row     INTEGER NOT NULL REFERENCES row,
    attempt INTEGER REFERENCES attempt,            -- NULL: before the first POST
    at      TEXT NOT NULL,
    waited  REAL NOT NULL,
    found   TEXT NOT NULL CHECK (found IN ('equal', 'different', 'doubled', 'absent'))
) STRICT;
CREATE INDEX look_row ON look (row);

CREATE TABLE event (           -- each carries the digest of the one before
    id       INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    who      TEXT NOT NULL,
    run      TEXT NOT NULL,
    what     TEXT NOT NULL,
    data     TEXT NOT NULL,                        -- JSON: numbers, codes and ids; never a person's data
    previous BLOB NOT NULL,
    digest   BLOB NOT NULL
) STRICT;
