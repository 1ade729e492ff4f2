import re

from django.conf import settings


def test_readme_names_every_variable_that_the_settings_read():
    code = (settings.BASE_DIR / "config" / "settings.py").read_text(encoding="utf-8")
    readme = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
    read = set(re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", code))
    assert "SECRET_KEY" in read
    assert sorted(read - set(re.findall(r"\b[A-Z_]+\b", readme))) == []
