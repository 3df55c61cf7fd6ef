"""What goes on while somebody looks: server-sent events about a vote's turnout and about work in the background."""
