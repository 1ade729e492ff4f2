"""The second factor: what somebody has, beside the password that they know. Optional by default."""
