"""The JSON API over the record: stored documents, sent as they are."""
