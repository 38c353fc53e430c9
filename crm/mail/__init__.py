"""What we send: the message, and the conversation that hands it over."""
