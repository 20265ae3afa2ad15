"""Words about private life: found in both languages, however they are written, and not where they are said of things."""

import pytest
from django.utils import translation

from rse.core.private_words import PrivateWord, private_word, refuse_private
from tests.factories import PersonFactory

REFUSED = (
    """
Elle est enceinte.|enceinte de trois mois|après ma grossesse|Depuis ma maladie|souvent malade|en arrêt maladie
il est en dépression|burn-out|RQTH|travailleur handicapé|Son état de santé le permet.|congé parental
retour de congé maternité|Mère de famille.|Divorcé.|mariée depuis peu|ses enfants|deux enfants|avec de jeunes enfants
enfant malade|son mari|sa femme|raisons familiales|Trop jeune pour le poste.|A 52 ans, à suivre.|Proche de l’âge
vu son âge|l'âge de la retraite|salarié âgé|Délégué syndical très écouté.|Élu CGT|élue du CSE|gréviste|syndiqué
le syndicat|Catholique pratiquant.|musulmane|juive|religion|militant|parti politique|Elle est d'origine africaine
personne d'origine étrangère|homosexuel|She is too old.|On parental leave.|A union member.|trade union|pregnant
long illness|sick leave|has children|her kids|his wife|family reasons|married|a 55-year-old woman|retirement age|Muslim
Jewish|ethnic|nationality|political views|she is disabled|on strike|shop steward|gros\u00adsesse|syndi\u200bcat|ｓｙｎｄｉｃａｔ
A fait un AVC.|autiste|hospitalisée deux mois|déclaré inapte|chrétienne|hindou|croyant|LGBT|transgenre|HIV|she is deaf
widowed|mother of two|MALADIE|congé\u00a0parental|maternite\u0301
""".replace("\n", "|")
    .strip("|")
    .split("|")
)

INNOCENT = (
    """
congés annuels du site|famille de produits|âge de la machine|l'âge de la machine|l'âge du four|origine du défaut
pièces d'origine italienne|union européenne des fondeurs|children's shoe line|chaussures pour enfants de la marque
A 10 ans d’expérience en fonderie.|Mène le chantier santé et sécurité.|Connaît la famille de métiers.
Partage ses gestes.|Manages the whole line.|Led the union of two teams.|Ménage les délais, engage son équipe.
Stage terminé, outils acquis.|Marie a repris la ligne|l'enceinte acoustique|l'enceinte du site
une enceinte de confinement|référente handicap du site|mise en dépression du local|dégraissage à l'alcool isopropylique
syndicat mixte des eaux|paternité du brevet|travail conjoint avec la qualité|épouse la forme du moule
the alarm was disabled|disabled the old interface|20 years of experience|a machine that is 20 years old|image de marque
transistor bipolaire|un lot inapte au moulage|bruit sourd|Christian a validé
gestion de stage|M. Gay a validé|avec Mme Juif|le défaut est d'origine thermique|Lemalade|page de garde
Portage de charges|mission dans l'équipe de Mehdi|health and safety lead|parental control of the tablets|catalogue
""".replace("\n", "|")
    .strip("|")
    .split("|")
)

DISGUISED = "enсeinte|e n c e i n t e|C.G.T.|s-y-n-d-i-c-a-t|DIVORCEE|celibataire|Mosquee|enceínte|une greviste|sуndicаt"
SAID_OF_THINGS = (
    "She is 20 minutes early.|He was 10 days in Lyon.|I am 30 km from the plant.|He is 24/7 available.|Steel aged 30 hours."
    "|Left-wing panel of the aircraft|Rue Gay-Lussac, site de Lyon|Marie a repris la ligne|Chargé de famille d'achats|Depression valve"
    "|Parle A, B, C|Plan A B C|Il a 10 ans d'expérience."
)


@pytest.mark.parametrize("text", DISGUISED.split("|"))
def test_f05_private_life_is_found_in_disguise(text):
    assert private_word(text)


@pytest.mark.parametrize("text", SAID_OF_THINGS.split("|"))
def test_numbers_and_things_are_no_private_life(text):
    assert private_word(text) == ""


@pytest.mark.parametrize("text", REFUSED)
def test_f05_private_life_is_found(text):
    assert private_word(text)


@pytest.mark.parametrize("text", INNOCENT)
def test_words_about_work_pass(text):
    assert private_word(text) == ""


@pytest.mark.django_db
def test_own_name_is_never_such_a_word():
    person = PersonFactory(first_name="Grace", last_name="Juif")
    assert private_word("Grace Juif a monté la ligne.", about=person) == ""
    assert private_word("Grace est juive.", about=person) == "juive"
    assert private_word("Grace Juif a monté la ligne.") == "Juif"


@pytest.mark.django_db
def test_whoever_writes_of_themselves_is_told_more_gently():
    ines, marc = PersonFactory.create_batch(2)
    with pytest.raises(PrivateWord) as own:
        refuse_private("Depuis ma maladie", by=ines, about=ines)
    with pytest.raises(PrivateWord) as other:
        refuse_private("Depuis sa maladie", by=marc, about=ines)
    with translation.override("en"):
        said = [one.value.messages[0] for one in (own, other)]
    assert "your private life" in said[0]
    assert "nobody's business" in said[1]
    assert own.value.word == other.value.word == "maladie"
