"""Builds a MkDocs site and prints one JSON object a page: its file, its URL, its ids and what else shows it.

Only what the program itself says is printed: the pages come from its own list of files, the ids from the HTML."""

import json
import os
import re
import sys
from html.parser import HTMLParser

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.plugins import event_priority

FOLDER = sys.argv[1]
CONTENT = {}
PLACES = {}


class Ids(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids = []

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id" or (name == "name" and tag == "a"):
                self.ids.append(value or "")


class Look:
    """A hook after every plugin."""

    @event_priority(-1000)
    def on_page_content(self, html, *, page, config, files):
        source = os.path.relpath(page.file.abs_src_path or "", FOLDER) if page.file.abs_src_path else ""
        parser = Ids()
        parser.feed(html)
        CONTENT.setdefault(source, parser.ids)
        PLACES.setdefault(source, []).append("/" + ("" if page.file.url in (".", "./") else page.file.url))
        return html


def main():
    config = load_config(os.path.join(FOLDER, "mkdocs.yml"), site_dir=os.path.join(FOLDER, "site"))
    look = Look()
    config.plugins._register_event("page_content", look.on_page_content, "look")
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    for source, ids in sorted(CONTENT.items()):
        if not source or source.startswith("..") or not re.search(r"\.(md|markdown|mdown|mkdn|mkd)$", source):
            continue
        if not os.path.exists(os.path.join(FOLDER, source)):
            continue
        places = PLACES[source]
        print(json.dumps({"file": source, "url": places[0], "ids": ids, "aliases": places[1:]}))


main()
