"""The site as production serves it, with its collected files in a folder of the tests."""

from pathlib import Path

from config.settings import *  # noqa: F403
from config.settings import env

STATIC_ROOT = Path(env.str("STATIC_ROOT"))
