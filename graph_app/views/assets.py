"""Addresses of static files, with the version in them, so that browsers may keep them."""

from flask import Flask, url_for

from graph_app import __version__


def init_app(app: Flask) -> None:
    """Let templates ask for addresses."""
    app.jinja_env.globals.update(asset=asset)


def asset(path: str) -> str:
    """Return the address of a static file."""
    return url_for("static", filename=path, v=__version__)
