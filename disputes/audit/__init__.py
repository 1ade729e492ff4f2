"""The audit page: who did what, from the record, the desk and the sign-in, in one order."""
