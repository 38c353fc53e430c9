"""How we write: dates, telephone numbers, names and spaces, in French and English. Pure; pages and e-mails share it."""
