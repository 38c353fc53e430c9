"""The demo cast: some eighty case files *grown by running the engine* over eight months, never inserted finished."""
