"""How fast the tracker is, and why: `make bench`. Nothing here is part of the site."""
