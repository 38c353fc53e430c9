"""What we do: one verb, one function; each takes a session and `at`, asks the core, writes its effects, never commits."""
