from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_imports_go_from_config_to_disputes_to_timeline_only():
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS
