"""What we remember: tables, relations and named queries. No rule and no commit here."""
