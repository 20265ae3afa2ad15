import dataclasses
import re
from collections import Counter
from datetime import date, timedelta

import pytest

from rse.demo.company.cast import CAST
from rse.demo.company.catalogue import FUNCTIONS
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
    wishes,
)
from rse.demo.texts.drafts import ANSWER

START = date(2025, 5, 3)
THEMES = themes()
DRAFTS = {theme.key: drafts_of(theme.key) for theme in THEMES}


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
            if field.name not in {"theme", "language", "speaker", "key", "code", "skills", "slug"}:
                yield from strings(getattr(thing, field.name), part)


def six_hundred(seed=1):
    """What a demo of eighteen months asks for: questions and messages most of all, then thanks and ideas."""
    texts = Texts(seed)
    kinds = ("question", "message", "question", "message", "thanks", "question", "message", "question", "message", "idea")
    drawn = []
    for number in range(600):
        theme = THEMES[number % len(THEMES)].key
        kind = kinds[number // len(THEMES) % len(kinds)]
        drawn.append((kind, getattr(texts, kind)(theme, on=START + timedelta(days=number * 9 // 10))))
    return drawn


def everything():
    texts = Texts(7)
    lines = [draw(on=START) for draw in (texts.introduction, texts.buddy_message, texts.application_letter) for _ in range(14)]
    return [
        [text for _, text in six_hundred(5)],
        lines,
        [texts.buddy_confirmation() for _ in range(4)],
        [texts.cohort_welcome(site="Nantes", month="novembre") for _ in range(4)],
        communities(),
        journey_steps(),
        key_positions(),
        openings(),
        [text for _, text in wishes()],
        mentoring_offers(),
        mentoring_requests(),
        pair_stories(),
        skill_table(),
        charter(),
        welcome_guide(),
    ]


def test_same_seed_draws_the_same_texts():
    assert six_hundred(3) == six_hundred(3)
    assert six_hundred(3) != six_hundred(4)


@pytest.mark.parametrize("seed", range(1, 6))
def test_six_hundred_posts_are_all_different(seed):
    drawn = six_hundred(seed)
    assert max(Counter(text.body for _, text in drawn).values()) == 1
    questions = [text for kind, text in drawn if kind == "question"]
    assert max(Counter((text.title, text.body) for text in questions).values()) == 1


def test_no_text_comes_back_before_all_were_used():
    for theme in THEMES:
        for kind, drafts in DRAFTS[theme.key].items():
            texts = Texts(1)
            bodies = {getattr(texts, kind)(theme.key).body for _ in drafts}
            assert len(bodies) == len(drafts)


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
    bodies = [texts.message(theme.key, on=date(2026, 3, 30)).body for theme in THEMES for _ in range(9)]
    months = Counter(month for body in bodies for month in re.findall(r"\d (mars|avril|mai|juin|juillet|novembre)\b", body))
    assert months["avril"] > 0
    assert not {"juin", "juillet", "novembre"} & set(months)


def test_texts_keep_to_their_season_site_and_language():
    texts = Texts(4)
    summer = "Travaux d’été sur le parking"
    titles = [texts.message("site", on=date(2026, 12, 1)).title for _ in range(9)]
    assert summer not in titles
    assert all(texts.question("data", language="en").language == "en" for _ in range(3))
    bodies = [texts.question("casting", site="Lyon") for _ in range(40)]
    assert not any("passe à Lyon" in comment.text for question in bodies for comment in question.comments)


def test_thanks_name_the_person():
    texts = Texts(1)
    assert all("Awa Diop" in texts.thanks(theme.key, to="Awa Diop").body for theme in THEMES for _ in range(4))


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
    bodies = [text.body for _, text in six_hundred(2)] + [text.title for kind, text in six_hundred(2) if kind in {"question", "idea"}]
    assert [body for body in bodies if body[0].islower()] == []


def test_portraits_are_of_people_who_have_a_part():
    assert set(portraits()) <= {part.key for part in CAST}
    assert {key for key, one in portraits().items() if len(one.about) > 600} == set()
