"""Builds a Pelican site and prints one JSON object for each article and page: its file, its URL and its ids."""

import json
import os
import sys
from html.parser import HTMLParser

from pelican import Pelican
from pelican.plugins import signals
from pelican.settings import read_settings

FOLDER = os.path.realpath(sys.argv[1])
FOUND = []


class Ids(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids = []

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id" or (name == "name" and tag == "a"):
                self.ids.append(value or "")


def look(generators):
    for generator in generators:
        for names in ("articles", "translations", "hidden_articles", "hidden_translations", "pages", "hidden_pages"):
            for content in getattr(generator, names, []) or []:
                FOUND.append(content)


def main():
    settings = read_settings(os.path.join(FOLDER, "pelicanconf.py"), override={"OUTPUT_PATH": os.path.join(FOLDER, "output")})
    signals.all_generators_finalized.connect(look)
    Pelican(settings).run()
    seen = set()
    for content in FOUND:
        source = os.path.relpath(content.source_path, FOLDER)
        if source in seen or not os.path.exists(os.path.join(FOLDER, "output", content.save_as)):
            continue
        seen.add(source)
        parser = Ids()
        parser.feed(content.content)
        print(json.dumps({"file": source, "url": "/" + content.url, "ids": parser.ids, "aliases": []}))


main()
