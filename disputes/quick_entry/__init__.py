"""One page on which an event is put down in two minutes."""
