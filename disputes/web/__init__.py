"""The one door through which the server opens addresses that somebody typed."""
