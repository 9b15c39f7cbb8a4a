"""A workspace as plain files that other systems read, and back: nothing is locked in.

An export is a folder: ``events.parquet`` (or NDJSON, or CSV) with the record's fields, ``documents.json``,
``identity.json``, ``quarantine.ndjson``, and ``lvtu-export.json``, which says what is there and is written last.
"""
