"""``python -m graph_app`` is ``peyvand``."""

from graph_app.cli import main

main()
