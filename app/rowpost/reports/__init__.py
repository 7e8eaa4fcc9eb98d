"""Files out: templates, problem workbooks, results workbooks, receipts."""
