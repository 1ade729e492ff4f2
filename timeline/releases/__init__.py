"""Releases: the record at one instant as a Data Package that anyone can rebuild, byte for byte.

`tables` says which tables there are, `building` writes the files, `describing` says what they are,
`shelf` finds the releases that were made.
"""
