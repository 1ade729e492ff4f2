"""Tables that leave the desk and come back: rows are documents, as in content files."""
