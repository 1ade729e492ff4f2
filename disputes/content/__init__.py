"""Content files: the desk's records as YAML, one folder for each type of record.

`files` reads and writes them, `loading` brings them to the desk and into the record, `exporting`
writes the desk back to files, `checking` says what is missing.
"""
