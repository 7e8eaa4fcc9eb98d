-- What a person looks for beside the numbers of an invoice: its amount, the agency's case.

CREATE INDEX row_cents ON row (CAST(round(CAST(amount AS REAL) * 100) AS INTEGER)) WHERE currency <> '';
CREATE INDEX row_case ON row (case_id) WHERE case_id <> '';
