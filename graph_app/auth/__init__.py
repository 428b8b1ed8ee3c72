"""Who may come in, and what they may do: accounts, sessions, tokens, and the one check before every request."""

from graph_app.without import import_without

# its own sign-in at providers, in whose place stands ``provider``: 17 MB and a seventh of a second
import_without("flask_security", ("authlib",))
