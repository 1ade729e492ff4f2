"""The public site as files: a copy that any static server or CDN serves, at any address.

`scope` says which addresses become files and how these are called, `asking` asks the site itself
for them, `links` turns their links towards each other, `folder` writes what differs, `copying`
walks from page to page, with several processes. What a file cannot answer (a search, a filter, an
instant of the past) leads to the living site.
"""
