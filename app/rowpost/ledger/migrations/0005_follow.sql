-- What the agency last said of invoices: kept so that changes can be told, sealed, and erased with the rest.

CREATE TABLE follow (
    environment     TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    key             BLOB NOT NULL,                 -- keyed MAC of what it is asked for by
    row             INTEGER REFERENCES row,        -- NULL: found by a search, no row of ours
    seen_at         TEXT NOT NULL,
    seen            BLOB NOT NULL,                 -- sealed: what a table shows
    whole           BLOB NOT NULL,                 -- sealed: the answers in full
    before_at       TEXT NOT NULL DEFAULT '',
    before          BLOB,                          -- sealed: what a table showed on an earlier day
    PRIMARY KEY (environment, organization_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX follow_row ON follow (row) WHERE row IS NOT NULL;
CREATE INDEX follow_seen ON follow (seen_at);
