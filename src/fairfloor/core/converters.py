"""Parts of addresses."""

from urllib.parse import quote, unquote

from django.urls import register_converter


class CodeConverter:
    """A factory's own code in an address. Codes come from its workbooks and may hold a slash, a dot or a percent
    sign; each stands in the address as one part, so that no code breaks a list or climbs to another page.
    """

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        """The code; one with a character that no database keeps is not found (404)."""
        code = unquote(value)
        if "\x00" in code:
            raise ValueError("A code holds no NUL.")
        return code

    def to_url(self, value: str) -> str:
        """The code as one part of an address; ``.`` and ``..`` alone would be steps, not names."""
        text = str(value)
        return text.replace(".", "%2E") if text in {".", ".."} else quote(text, safe="")


register_converter(CodeConverter, "code")
