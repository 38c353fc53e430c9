"""What the processes say of themselves, on standard error. Never a person's words."""
