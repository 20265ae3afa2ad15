import dataclasses
import io
import math
import re
from collections import Counter
from datetime import date
from typing import get_args

import pytest
from PIL import Image

from rse.demo.company.cast import CAST
from rse.demo.company.catalogue import FUNCTIONS
from rse.demo.drawings import DRAWINGS, draw
from rse.demo.texts import (
    Texts,
    charter,
    communities,
    drafts_of,
    journey_steps,
    key_positions,
    mentoring_offers,
    mentoring_requests,
    openings,
    pair_stories,
    portraits,
    skill_table,
    themes,
    welcome_guide,
    written,
)
from rse.demo.texts.drafts import ANSWER, Drawing
from rse.demo.texts.sentences import sentences

START = date(2025, 5, 3)
THEMES = themes()
DRAFTS = {theme.key: drafts_of(theme.key) for theme in THEMES}
LEAST = {
    "letter": 40,
    "wishes": 40,
    "welcome": 26,
    "introduction": 60,
    "buddy_message": 40,
    "buddy_confirmation": 40,
    "question": 60,
    "astonishment": 50,
}
FILES = ("applications", "introductions", "newcomers", "portraits")
LINES = [(file, kind) for file in FILES for kind in written(file) if kind not in {"ines", "portrait"}]
# Words of a season, and the months in which they are said; a text with one is in season in these only.
SEASONS = {
    r"(travaux|fête|congés) d'été|\bcanicule|chaleur, buvez": {2, 3, 4, 5, 6, 7, 8},
    r"hirondelles|mésanges|au soleil de midi|barbecue|courgettes": {4, 5, 6, 7, 8, 9},
    r"\b(galettes?|vœux de bonne année|bonne année)\b": {1},
    r"\bneige|\bverglas|\bgel(é|ée)?\b|il gèle": {11, 12, 1, 2},
    r"\bsapin|calendrier de l'avent|fin d'année(?!, la finance)|collecte de jouets|guirlande": {11, 12, 1},
    r"\brentrée|alternants et alternantes": {8, 9, 10},
    r"\bcitrouille|feuilles mortes|heure d'hiver|soupe d'automne": {10, 11},
    r"\bcrêpes?\b": {1, 2},
    r"heures? d'été": {3, 4},
}


def strings(thing, language="fr"):
    """Every string of a text, with the language it is written in."""
    if isinstance(thing, str):
        yield thing, language
    elif isinstance(thing, dict):
        for part in thing.values():
            yield from strings(part, language)
    elif isinstance(thing, list | tuple):
        for part in thing:
            yield from strings(part, language)
    elif dataclasses.is_dataclass(thing):
        own = getattr(thing, "language", language)
        for field in dataclasses.fields(thing):
            part = field.name[-2:] if field.name.endswith(("_fr", "_en")) else own
            if field.name not in {
                "theme",
                "language",
                "speaker",
                "key",
                "code",
                "skills",
                "slug",
                "by",
                "trade",
                "trades",
                "drawing",
                "members",
            }:
                yield from strings(getattr(thing, field.name), part)


def posts(seed=1):
    """Every post there is, with its kind, drawn month after month at sites of all sorts."""
    texts = Texts(seed)
    for theme in THEMES:
        for kind in DRAFTS[theme.key]:
            for month in range(1, 13):
                for site in ("Nantes", "Porto", "Lyon"):
                    while text := texts.post(kind, theme.key, on=date(2026, month, 3), site=site):
                        yield kind, text


def lines(seed=7, most=60):
    """What can be said of each table of lines, until nothing is left of it."""
    texts = Texts(seed)
    for file, kind in LINES:
        for number in range(most):
            if said := texts.line(file, kind, on=START, words={"ici": "Nantes", "promotion": f"promotion {number}"}):
                yield kind, said


def own_posts():
    """The posts that communities have for themselves."""
    texts = Texts(7)
    for community in communities():
        while text := texts.own_post(community.key, on=START):
            yield text


def everything():
    return [
        [text for _, text in posts(5)],
        list(own_posts()),
        [text for _, text in lines()],
        communities(),
        journey_steps(),
        key_positions(),
        openings(),
        mentoring_offers(),
        mentoring_requests(),
        pair_stories(),
        skill_table(),
        charter(),
        welcome_guide(),
    ]


def test_same_seed_draws_the_same_texts():
    assert list(posts(3)) == list(posts(3))
    assert list(posts(3)) != list(posts(4))
    assert list(lines(3)) == list(lines(3))


def test_every_text_is_drawn_once_and_no_sentence_stands_in_two():
    drawn = [text for _, text in posts()]
    assert len(drawn) == sum(len(drafts) for kinds in DRAFTS.values() for drafts in kinds.values())
    said = Counter(sentence for text in (*drawn, *own_posts(), *(text for _, text in lines())) for sentence in sentences(text))
    assert [sentence for sentence, times in said.items() if times > 1] == []


def test_sentence_said_by_two_would_be_seen():
    assert sentences("Merci beaucoup ! Je viens {jeudi} avec un pied à coulisse.") == {"je viens jeudi avec un pied à coulisse"}
    assert sentences(("Je viens.", "Oui, merci !", "Bien vu, l’angle mort…")) == {"bien vu l’angle mort"}


def test_what_there_is_to_say_lasts_until_the_end():
    texts, said = Texts(1), []
    for share in (0.25, 0.5, 1.0):
        texts.share = share
        while texts.post("question", "data", on=START):
            said.append(share)
    whole = len(DRAFTS["data"]["question"])
    assert [said.count(share) for share in (0.25, 0.5)] == [math.ceil(whole / 4), math.ceil(whole / 2) - math.ceil(whole / 4)]
    assert len(said) == whole


def test_lines_suffice_for_a_company_of_three_hundred():
    drawn = Counter(kind for kind, _ in lines())
    assert {kind: drawn[kind] for kind, least in LEAST.items() if drawn[kind] < least} == {}


@pytest.mark.parametrize("theme", [theme.key for theme in THEMES])
def test_each_theme_is_well_supplied(theme):
    number = {kind: len(drafts) for kind, drafts in DRAFTS[theme].items()}
    assert number["question"] >= 14
    assert number["message"] >= 8
    assert number["thanks"] + number["idea"] >= 6
    codes = {skill.code for skill in skill_table()}
    for draft in DRAFTS[theme]["question"]:
        assert 2 <= len(draft.comments) <= 5
        assert sum(comment.speaker == ANSWER for comment in draft.comments) == 1
        assert draft.comments[draft.accepted].speaker == ANSWER
        assert draft.skills
        assert set(draft.skills) <= codes
        assert 1 <= len(draft.reasons) <= 2
        opening = "helped me " if draft.language == "en" else "m'a permis d"
        assert all(reason.startswith(opening) for reason in draft.reasons)
    for draft in DRAFTS[theme]["thanks"]:
        assert set(draft.skills) <= codes


def test_about_one_text_in_twelve_is_english():
    drafts = [draft for kinds in DRAFTS.values() for group in kinds.values() for draft in group]
    share = sum(draft.language == "en" for draft in drafts) / len(drafts)
    assert 1 / 20 < share < 1 / 8


def test_no_slot_stays_open():
    assert [text for text, _ in strings(everything()) if "{" in text or "}" in text] == []


def test_french_typography_holds_everywhere():
    found = [
        text
        for text, language in strings(everything())
        if language == "fr"
        and (
            re.search(r"['\"]|\.\.\.", text)
            or re.search(r"[ \t][?!:;»]", text)
            or re.search(r"«(?!\u00a0)|(?<!\u00a0)»", text)
            or re.search(r"[^\s\u202f\u00a0?!…][?!;]", text)
            or re.search(r"\b[Dd]e (avril|août|octobre)\b", text)
        )
    ]
    assert found == []


def test_english_texts_have_curly_quotes_and_no_french_spaces():
    found = [text for text, language in strings(everything()) if language == "en" and re.search(r"['\"\u202f]|[ \u00a0][?!;:]", text)]
    assert found == []


def test_no_text_speaks_of_what_must_stay_private():
    words = (
        r"\b(syndicat|syndical|cgt|cfdt|grève|grossesse|enceinte|maladie|malade|dépression|cancer|handicap|"
        r"religion|ramadan|musulman|catholique|juif)\w*"
    )
    texts = [text for text, _ in strings(everything()) if re.search(words, text, re.IGNORECASE)]
    assert texts == []
    assert [text for text, _ in strings(everything()) if "lorem" in text.lower()] == []


def test_dates_inside_a_text_follow_the_day_of_the_post():
    texts = Texts(2)
    drawn = (texts.post("message", theme.key, on=date(2026, 3, 30)) for theme in THEMES for _ in range(15))
    months = Counter(month for text in drawn if text for month in re.findall(r"\d (mars|avril|mai|juin|juillet|novembre)\b", text.body))
    assert months["avril"] > 0
    assert not {"juin", "juillet", "novembre"} & set(months)


def test_texts_keep_to_their_season_and_site():
    texts = Texts(4)
    titles = [text.title for _ in range(40) if (text := texts.post("message", "site", on=date(2026, 12, 1), site="Lyon"))]
    assert "Travaux d’été sur le parking" not in titles
    assert "Course de l’estuaire" not in titles
    assert len(titles) > 6
    drawn = [texts.post("question", "casting", on=date(2026, 11, 3), site="Lyon") for _ in range(10)]
    assert not any("passe à Lyon" in comment.text for question in drawn for comment in question.comments)


def test_words_of_a_season_stand_in_its_months_only():
    told = []
    for kinds in DRAFTS.values():
        for draft in (draft for drafts in kinds.values() for draft in drafts):
            words = " ".join(text for text, _ in strings(draft))
            for pattern, months in SEASONS.items():
                if re.search(pattern, words, re.IGNORECASE) and not (draft.months and set(draft.months) <= months):
                    told.append((pattern, draft.months, words[:60]))
    assert told == []


def test_each_month_has_texts_of_its_season():
    drafts = [draft for kinds in DRAFTS.values() for drafts in kinds.values() for draft in drafts if draft.months]
    assert [month for month in range(1, 13) if sum(month in draft.months for draft in drafts) < 4] == []


def test_thanks_name_the_person():
    texts = Texts(1)
    drawn = [texts.post("thanks", theme.key, on=START, to="Awa Diop") for theme in THEMES for _ in range(3)]
    assert all("Awa Diop" in text.body for text in drawn)


def test_pictures_are_drawn_by_us_and_said_in_words():
    pictures = [
        draft.picture for kinds in DRAFTS.values() for drafts in kinds.values() for draft in drafts if getattr(draft, "picture", None)
    ]
    assert {picture.drawing for picture in pictures} == set(DRAWINGS) == set(get_args(Drawing))
    assert [picture for picture in pictures if len(picture.alt) < 30 or len(picture.alt) > 400] == []
    one, again, other = (draw("chart", seed) for seed in ("a", "a", "b"))
    assert one == again != other
    with Image.open(io.BytesIO(one)) as opened:
        assert (opened.format, opened.size) == ("PNG", (1200, 800))


def test_skill_table_has_stable_codes_and_two_labels():
    table = skill_table()
    assert len(table) >= 90
    assert len({skill.code for skill in table}) == len({skill.label_fr for skill in table}) == len(table)
    assert {skill.theme for skill in table} == {theme.key for theme in THEMES}
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", skill.code) and skill.label_en for skill in table)


def test_references_inside_the_texts_exist():
    codes = {skill.code for skill in skill_table()}
    parts = {part.key for part in CAST}
    units = {function.code for function in FUNCTIONS} | {"DI-NTE", "DI-SNZ", "DON", "QUA-DON"}
    for opening in openings():
        assert set(opening.skills_needed + opening.skills_learned) <= codes
        assert opening.unit in units
        assert (opening.pay_from < opening.pay_to) == (opening.kind == "position")
    for position in key_positions():
        assert position.unit in units
        assert {key for key, *_ in position.nominations} <= parts
    for community in communities():
        assert set(community.themes) <= DRAFTS.keys()
    for text in (*mentoring_offers(), *mentoring_requests(), *pair_stories()):
        assert set(text.skills) <= codes
    pages = {page.slug for page in (*welcome_guide()["fr"], charter()["fr"])}
    assert {step.page for step in journey_steps()} - {""} <= pages


def test_journey_guide_and_charter_have_their_parts():
    steps = journey_steps()
    assert len(steps) == 10
    assert {step.kind for step in steps} == {"read", "do", "meet", "join", "write"}
    assert {step.actor for step in steps} == {"newcomer", "manager", "buddy", "hr"}
    assert [step.day for step in steps] == sorted(step.day for step in steps)
    guide = welcome_guide()
    assert len(guide["fr"]) == 5
    assert [page.slug for page in guide["fr"]] == [page.slug for page in guide["en"]]
    assert {page.slug for page in charter().values()} == {"charte"}
    assert {community.kind for community in communities()} == {"open", "closed", "secret"}


def test_sentences_begin_with_a_capital():
    drawn = list(posts(2))
    bodies = [text.body for _, text in drawn] + [text.title for kind, text in drawn if kind in {"question", "idea"}]
    assert [body for body in bodies if body[0].islower()] == []


def test_portraits_are_of_people_who_have_a_part():
    assert set(portraits()) <= {part.key for part in CAST}
    assert {key for key, one in portraits().items() if len(one.about) > 600} == set()
