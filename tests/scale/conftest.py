from collections.abc import Iterator

import pytest

from .turning import Turning, turning


@pytest.fixture
def loop() -> Iterator[Turning]:
    with turning() as found:
        yield found
