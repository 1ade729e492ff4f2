"""A cluster until Ctrl-C; prints the variables that the tracker wants."""

import argparse
import signal
from contextlib import suppress

from . import running


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicas", type=int, default=2)
    parser.add_argument("--synchronous", type=int, default=0, help="replicas that a commit awaits")
    parser.add_argument("--database", default="tracker")
    given = parser.parse_args()
    with running(given.replicas, given.synchronous) as cluster:
        cluster.create_database(given.database)
        print(f"export DATABASE_URL={cluster.primary.url(given.database)}")
        replicas = ",".join(node.url(given.database) for node in cluster.replicas)
        print(f"export DATABASE_REPLICA_URLS={replicas}", flush=True)
        with suppress(KeyboardInterrupt):
            signal.pause()


if __name__ == "__main__":
    main()
