"""Several PostgreSQL servers for a test: how it is marked, and what it asks of them."""

import pytest

# One process has them all, one cluster after the other.
on_a_cluster = (pytest.mark.cluster, pytest.mark.xdist_group("cluster"))
