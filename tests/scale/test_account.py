"""The database's account that the tracker works with owns its database and may do nothing else."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import psycopg2
import pytest
from django.conf import settings

from deploy.cluster import Cluster, running

from ..safety.databases import environment, manage
from .clusters import on_a_cluster

pytestmark = [*on_a_cluster]
MAKE = settings.BASE_DIR / "deploy" / "patroni" / "create-tracker"
RIGHTS = "rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server on which the deployed script has made the account and its database."""
    with running(replicas=0) as found:
        given = os.environ | {"TRACKER_PASSWORD": "only for this test"}
        command = ["sh", str(MAKE), found.primary.url()]
        subprocess.run(command, env=given, check=True, capture_output=True)
        yield found


def own(cluster: Cluster) -> str:
    """DATABASE_URL of the tracker's account."""
    return f"postgres://tracker@127.0.0.1:{cluster.primary.port}/tracker"


def test_the_account_has_no_right_beyond_its_database(cluster):
    found = cluster.primary.query(f"SELECT {RIGHTS} FROM pg_roles WHERE rolname = 'tracker'")
    owns = "SELECT datname FROM pg_database JOIN pg_roles r ON r.oid = datdba WHERE rolname = %s"
    member = "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = member"
    assert found == [(False,) * 5]
    assert cluster.primary.query(owns, ["tracker"]) == [("tracker",)]
    assert cluster.primary.query(f"{member} WHERE rolname = 'tracker'") == [(0,)]


@pytest.mark.parametrize(
    "refused", ["CREATE ROLE other", "COPY (SELECT 1) TO '/tmp/x'", "SELECT pg_read_file('/x')"]
)
def test_what_only_a_superuser_may_is_refused(cluster, refused):
    with (
        closing(psycopg2.connect(own(cluster))) as connection,
        connection.cursor() as cursor,
        pytest.raises(psycopg2.errors.InsufficientPrivilege),
    ):
        cursor.execute(refused)


def test_the_tracker_works_with_it(cluster):
    done = manage(own(cluster), "migrate", "-v0")
    assert done.returncode == 0, done.stderr
    command = [sys.executable, "-m", "tests.scale.publishing", "by-its-own-account"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment(own(cluster)), check=True)
    done = manage(own(cluster), "verify_ledger")
    assert done.returncode == 0, done.stderr
    rows = cluster.primary.query("SELECT count(*) FROM timeline_entry", database="tracker")
    assert rows[0][0] >= 1
