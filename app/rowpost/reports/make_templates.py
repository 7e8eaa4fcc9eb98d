"""`python -m rowpost.reports.make_templates`: writes everything in `templates/` anew from `schemas/`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rowpost.catalog import LANGUAGES, load_catalog
from rowpost.host import resources
from rowpost.reports.sample_workbook import sample_bytes, scenario_bytes, trouble_bytes
from rowpost.reports.save import write_whole
from rowpost.reports.template import template_bytes
from rowpost.wording import Wording

SAMPLE = "sample-invoices.xlsx"
SCENARIO = "practice-scenario.json"
TROUBLE = "practice-trouble.json"


def template_files(documents: Mapping[str, Mapping[str, Any]]) -> dict[str, bytes]:
    """Return every file of `templates/` by its name."""
    catalog = load_catalog(documents)
    empty = {
        f"{catalog.kind}-{language}.xlsx": template_bytes(catalog, Wording(language, catalog))
        for language in LANGUAGES
    }
    return {**empty, SAMPLE: sample_bytes(), SCENARIO: scenario_bytes(), TROUBLE: trouble_bytes()}


def main() -> None:
    """Write the files."""
    for name, content in template_files(resources.schemas()).items():
        write_whole(resources.folder("templates") / name, content)


if __name__ == "__main__":
    main()
