"""HTTP and the search page: ``pip install 'searchkit[web]'``."""

from searchkit.web.app import application, serve

__all__ = ["application", "serve"]
