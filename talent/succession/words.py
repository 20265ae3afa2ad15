"""Words that have no place beside the name of somebody in a plan: health, family, age, union, faith, politics, origin."""

import re

FORBIDDEN = re.compile(
    r"""\b(?:
    enceinte | grossesse\w* | maternit[ée] | paternit[ée] | cong[ée]s?\s+parenta(?:l|ux) | malad(?:e|es|ie|ies|if|ive)
    | handicap\w* | rqth
    | invalidit[ée] | cancer\w* | d[ée]pressi\w+ | burn[- ]?out | (?:[ée]tat|probl[èe]mes?)\s+de\s+sant[ée] | arr[êe]ts?\s+de\s+travail
    | mi-temps\s+th[ée]rapeutique | traitement\s+m[ée]dical | alcool\w*
    | pregnan\w+ | maternity | paternity | parental\s+leave | illness\w* | sick(?:ness|\s+leave)? | disab\w+
    | disease\w* | health\s+(?:issue|problem)s?

    | mari[ée]e?s? | divorc\w+ | c[ée]libataires? | [ée]pou(?:x|se|ses) | conjointe?s? | enfants? | b[ée]b[ée]s? | papa | maman
    | (?:m[èe]re|p[èe]re|charges?|vie|situation|raisons?)\s+(?:de\s+famille|familiales?) | (?:sa|une)\s+femme | (?:son|un)\s+mari
    | married | divorced | husband | wife | children | kids? | bab(?:y|ies)
    | single\s+(?:mother|father|parent) | family\s+(?:reasons?|situation|life)

    | [âa]g[ée]e?s? | [âa]ge | trop\s+(?:jeunes?|vieux|vieille) | jeune\s+(?:femme|homme|maman|papa|m[èe]re|p[èe]re)
    | (?:a|ayant|aura|fait)\s+\d{2}\s*ans(?!\s+(?:d['’]|de\s)) | aged | too\s+(?:young|old) | years?\s+old

    | syndi(?:cat|qu|cal)\w* | cgt | cfdt | cftc | cfe-cgc | unsa | gr[èe]ves? | gr[ée]vistes? | [ée]lue?s?\s+(?:du\s+)?cse
    | (?:trade|labou?r)\s+unions? | union\s+(?:members?|rep\w*|delegates?|activit\w+) | unioni[sz]ed | on\s+strike

    | religi\w+ | musulman\w* | catholique\w* | protestante?s? | juif|juive|juifs|juives | mosqu[ée]e | muslim | catholic | jewish
    | militante?s? | parti\s+politique | political\s+party | homosexuel\w* | lesbienne\w* | gay | ethni\w+
    | origine\s+[ée]trang[èe]re
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def forbidden_word(text: str) -> str:
    """The first such word of ``text``, as it was written; nothing where there is none."""
    found = FORBIDDEN.search(text)
    return found[0] if found else ""
