import pytest


@pytest.fixture(autouse=True)
def quick_hashes(settings) -> None:
    """These tests guess passwords by the dozen; how strong their hashes are is Django's."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
