"""Reading a report back as a browser would, without one."""

from __future__ import annotations

from html.parser import HTMLParser

LOADING = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "link": "href",
    "source": "src",
    "object": "data",
    "embed": "src",
    "video": "src",
}


class Reading(HTMLParser):
    """Tags, visible text, scripts, styles, links, and everything that would be loaded."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.data_blocks: list[str] = []
        self.styles: list[str] = []
        self.words: list[str] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self._inside = "data" if dict(attrs).get("type") == "application/json" else "script"
        elif tag == "style":
            self._inside = "style"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._inside = ""

    def handle_data(self, data: str) -> None:
        {"script": self.scripts, "data": self.data_blocks, "style": self.styles}.get(self._inside, self.words).append(data)

    @property
    def text(self) -> str:
        """What a reader sees, and the data of the pictures."""
        return " ".join([*self.words, *self.data_blocks])

    @property
    def loaded(self) -> list[str]:
        """Addresses that a browser would load by itself."""
        return [found for tag, attrs in self.tags if (found := attrs.get(LOADING.get(tag, ""))) is not None]

    def count(self, tag: str) -> int:
        """How many tags of a kind."""
        return sum(name == tag for name, _ in self.tags)
