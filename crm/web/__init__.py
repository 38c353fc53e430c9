"""What we show: one blueprint per subject; a view reads the request, calls one operation, commits, answers."""
