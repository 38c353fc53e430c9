"""What we keep: a backup taken by the database's own means, proved by a trial restore, and put back in place."""
