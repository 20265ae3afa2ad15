"""Languages as files name them: a code of two letters, or a name in French, in English or in the language itself."""

import re

from django.conf.locale import LANG_INFO

from rse.core.folding import fold

# fmt: off
CODES = frozenset(
    """aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi
    fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw
    ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro
    ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi
    yo za zh zu""".split()
)
IN_FRENCH = {
    "af": "afrikaans", "am": "amharique", "ar": "arabe", "az": "azéri", "be": "biélorusse", "bg": "bulgare", "bm": "bambara",
    "bn": "bengali", "br": "breton", "bs": "bosnien", "ca": "catalan", "co": "corse", "cs": "tchèque", "cy": "gallois", "da": "danois",
    "de": "allemand", "el": "grec", "en": "anglais", "eo": "espéranto", "es": "espagnol", "et": "estonien", "eu": "basque", "fa": "persan",
    "ff": "peul", "fi": "finnois", "fr": "français", "ga": "irlandais", "gl": "galicien", "gu": "gujarati", "ha": "haoussa", "he": "hébreu",
    "hi": "hindi", "hr": "croate", "ht": "créole haïtien", "hu": "hongrois", "hy": "arménien", "id": "indonésien", "ig": "igbo",
    "is": "islandais", "it": "italien", "ja": "japonais", "ka": "géorgien", "kk": "kazakh", "km": "khmer", "ko": "coréen", "ku": "kurde",
    "ky": "kirghize", "la": "latin", "lb": "luxembourgeois", "ln": "lingala", "lo": "lao", "lt": "lituanien", "lv": "letton",
    "mg": "malgache", "mk": "macédonien", "mn": "mongol", "ms": "malais", "mt": "maltais", "my": "birman", "nb": "norvégien",
    "ne": "népalais", "nl": "néerlandais", "oc": "occitan", "pa": "pendjabi", "pl": "polonais", "ps": "pachto", "pt": "portugais",
    "ro": "roumain", "ru": "russe", "rw": "kinyarwanda", "sk": "slovaque", "sl": "slovène", "so": "somali", "sq": "albanais", "sr": "serbe",
    "sv": "suédois", "sw": "swahili", "ta": "tamoul", "te": "télougou", "th": "thaï", "tl": "tagalog", "tr": "turc", "uk": "ukrainien",
    "ur": "ourdou", "uz": "ouzbek", "vi": "vietnamien", "wo": "wolof", "yo": "yoruba", "zh": "chinois", "zu": "zoulou",
}  # fmt: skip
MORE = {
    "mandarin": "zh", "cantonais": "zh", "cantonese": "zh", "flamand": "nl", "flemish": "nl", "farsi": "fa", "castillan": "es",
    "castilian": "es", "norwegian": "nb", "norsk": "nb", "no": "nb", "kabyle": "kab", "tamazight": "ber", "berbere": "ber",
    "berber": "ber", "malagasy": "mg",
    "filipino": "tl", "pashto": "ps", "hebreu": "he", "moldave": "ro", "malay": "ms", "lao": "lo", "amharic": "am", "somali": "so",
    "langue des signes francaise": "fsl", "lsf": "fsl", "french sign language": "fsl",
}  # fmt: skip
SEPARATORS = re.compile(r"[,;/|\n]+")
ASIDE = re.compile(r"\([^)]*\)")


def _names() -> dict[str, str]:
    known = {code: code for code in CODES}
    for code, info in LANG_INFO.items():
        if code in CODES and "name" in info and not ASIDE.search(info["name_local"]):
            known[fold(info["name"])] = known[fold(info["name_local"])] = code
    known |= {fold(name): code for code, name in IN_FRENCH.items()}
    return known | MORE


NAMES = _names()


def code_of(name: str) -> str | None:
    """Return the code of the language called ``name``, without its region (``fr-CA``); None where no language is called so."""
    said = fold(ASIDE.sub(" ", name))
    if said in NAMES:
        return NAMES[said]
    language, _separator, region = said.replace("_", "-").partition("-")
    return NAMES.get(language) if len(language) == 2 and 2 <= len(region) <= 8 else None


def words_of(text: str) -> list[str]:
    """Return the names of languages that one cell lists, as written there; what stands in brackets (a level) is left out."""
    return [word.strip() for word in SEPARATORS.split(ASIDE.sub(" ", text)) if word.strip()]
