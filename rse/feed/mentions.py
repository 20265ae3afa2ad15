"""People named in a text, as ``@handle``."""

import re

# Handles are slugs. What comes before tells a mention from an e-mail address or a path.
MENTION = re.compile(r"(?<![\w@/.+-])@([\w-]{1,80})(?!@)", re.ASCII)
CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)


def handles_in(text):
    """The handles named in ``text``, in order, once each, outside of code."""
    return list(dict.fromkeys(match[1].rstrip("-").lower() for match in MENTION.finditer(CODE.sub(" ", text))))
